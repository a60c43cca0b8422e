/** What is read of a `package-lock.json` of version 3. */
export interface Lockfile {
  readonly packages?: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Why `npm ci` would fail somewhere, one line each: optional dependencies (one a platform, for packages with native
 * parts) that have no entry of their own, which npm leaves out where one was not published in time; and packages tied
 * to the host they came from.
 */
export function lockfileFaults({ packages }: Lockfile): readonly string[] {
  if (packages === undefined) return ['no packages (a lockfile of version 3)'];
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    ...Object.keys(optionalDependencies)
      .filter((name) => !placesFor(name, path).some((place) => place in packages))
      .map((name) => `${path || 'the root'} names ${name}, which has no entry`),
    ...(resolved !== undefined && /^(git\+)?(https?|ssh):/.test(resolved)
      ? [`${path} is tied to the host of ${resolved}`]
      : []),
  ]);
}

/** Where a package installed at `path` finds a dependency: beside or below itself, or in any folder above. */
function placesFor(name: string, path: string): readonly string[] {
  const parts = path === '' ? [] : path.split('/');
  return Array.from({ length: parts.length + 1 }, (_, above) =>
    [...parts.slice(0, parts.length - above), 'node_modules', name].join('/'),
  );
}
