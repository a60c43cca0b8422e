import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a bundle knows of where it was made: it has no repository around it. */
export interface Bundle {
  readonly commit: string;
  readonly dirty: boolean;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Of what numbers depend on, by package. */
  readonly versions: Readonly<Record<string, string>>;
  /** Datasets on board. */
  readonly data: readonly string[];
}

/** The file that makes a folder a bundle. */
export const BUNDLE_FILE = 'bundle.json';

/** The bundle that a folder is; null where it is none. */
export function bundleIn(folder: string): Bundle | null {
  const path = join(folder, BUNDLE_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Bundle) : null;
}
