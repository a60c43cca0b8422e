import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Which machine's package to look for first. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/**
 * The folder of the TypeScript compiler's declaration files, through the `typescript` package: it
 * lies in a package for each platform, `@typescript/typescript-<platform>-<arch>`, of which any will
 * do, since their declarations are the same; before version 7 it was the package's own `lib`. Null
 * where none is installed.
 */
export function declarationFolder({ platform, arch }: Machine = process): string | null {
  const manifest = resolved(createRequire(import.meta.url), 'typescript/package.json');
  if (manifest === null) return null;
  const require = createRequire(manifest);
  const { optionalDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    optionalDependencies?: Record<string, string>;
  };
  const packages = [
    `@typescript/typescript-${platform}-${arch}`,
    ...Object.keys(optionalDependencies).sort(),
  ];
  const manifests = packages.map((name) => resolved(require, `${name}/package.json`));
  for (const found of [...manifests, manifest]) {
    if (found === null) continue;
    const folder = join(dirname(found), 'lib');
    if (declarationFiles(folder).length > 0) return folder;
  }
  return null;
}

function resolved(require: NodeJS.Require, name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

/**
 * `lib*.d.ts` in a fixed order, without those for web workers: they repeat most of the DOM's
 * word for word, and what is held out of the one would be read in the other.
 */
function declarationFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^lib\..*d\.ts$/.test(name) && !name.startsWith('lib.webworker'))
    .sort();
}

/**
 * The bytes of the declaration files, one after the other by name, with line ends as one line feed
 * whatever the checkout made of them. Throws one line where no such files are installed.
 */
export async function readDeclarations(machine: Machine = process): Promise<Uint8Array> {
  const folder = declarationFolder(machine);
  if (folder === null) {
    throw new Error(
      `missing package: @typescript/typescript-${machine.platform}-${machine.arch} (install with optional dependencies)`,
    );
  }
  const texts = await Promise.all(
    declarationFiles(folder).map((name) => readFile(join(folder, name))),
  );
  const bytes = Buffer.concat(texts);
  return bytes.includes(CARRIAGE_RETURN) ? bytes.filter((byte) => byte !== CARRIAGE_RETURN) : bytes;
}

const CARRIAGE_RETURN = 13;
