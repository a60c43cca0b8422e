import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSuiteName } from '../../packages/cli/src/house.ts';

const TEMPLATE = fileURLToPath(new URL('../suite-template', import.meta.url));
const NAME = 'suite-template';

/**
 * Copies the template to `suites/<name>`, whole or not at all, and gives the new folder. Throws one line where the
 * name is not safe in a path or a suite of that name is there already.
 */
export function makeSuite(name: string, { root }: { readonly root: string }): string {
  if (!isSuiteName(name)) {
    throw new Error(
      `unknown suite name: ${JSON.stringify(name)} (at most 80 lower-case letters, digits and single dashes, not 'assets')`,
    );
  }
  const suites = join(root, 'suites');
  if (!existsSync(suites))
    throw new Error(`no suites in ${root} (run it at the repository's root)`);
  const folder = join(suites, name);
  if (existsSync(folder)) throw new Error(`suite is there already: ${name} (a name of its own)`);
  const made = mkdtempSync(join(suites, '.new-'));
  try {
    cpSync(TEMPLATE, made, { recursive: true });
    for (const entry of readdirSync(made, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(NAME, name));
    }
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
