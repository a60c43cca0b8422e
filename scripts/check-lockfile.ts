/** `npx tsx scripts/check-lockfile.ts [file]`: whether `npm ci` can succeed on every platform; exit code 1 where not. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Lockfile, lockfileFaults } from './check-lockfile/lockfile-faults.ts';

function checkLockfile(path = 'package-lock.json'): number {
  try {
    const faults = lockfileFaults(JSON.parse(readFileSync(path, 'utf8')) as Lockfile);
    for (const fault of faults) console.error(`${path}: ${fault}`);
    if (faults.length === 0) console.log(`${path}: complete for every platform, names no host`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`cannot read ${path}: ${(error as Error).message}`);
    return 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = checkLockfile(process.argv[2]);
}
