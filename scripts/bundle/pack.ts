import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** How an archive is compressed, those that more machines can unpack first. */
const COMPRESSIONS = [
  { suffix: 'tar.gz', option: '--gzip' },
  // A fifth of the time to unpack, two thirds of the size, but not every machine has xz.
  { suffix: 'tar.xz', option: '--xz' },
] as const;

/** An archive that was made. */
export interface Archive {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Packs a folder as `<target>.tar.gz`, or as `<target>.tar.xz` where the former is larger than `mostBytes`. The same
 * files make the same archive. Throws where both are too large, or `tar` fails.
 */
export function pack(
  folder: string,
  { target, mostBytes }: { readonly target: string; readonly mostBytes: number },
): Archive {
  const sizes: string[] = [];
  for (const { suffix, option } of COMPRESSIONS) {
    const path = `${target}.${suffix}`;
    const options = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    const { status, stderr, error } = spawnSync(
      'tar',
      [
        '--create',
        option,
        ...options,
        `--file=${path}`,
        `--directory=${dirname(folder)}`,
        basename(folder),
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`cannot pack ${folder}: ${error?.message ?? stderr.trim()}`);
    const bytes = statSync(path).size;
    if (bytes <= mostBytes) return { path, bytes };
    rmSync(path);
    sizes.push(`${suffix} ${megabytes(bytes)}`);
  }
  throw new Error(
    `bundle too large: ${sizes.join(', ')} (at most ${megabytes(mostBytes)}; fewer datasets with --data)`,
  );
}

/** A size for people, in millions of bytes. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
