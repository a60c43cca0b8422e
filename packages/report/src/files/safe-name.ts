import { join } from 'node:path';

/** A name that is harmless in a path, a URL and a page; throws on any other. */
export function safeName(name: string, what: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `unknown ${what} name: ${JSON.stringify(name)} (lower-case letters, digits and inner hyphens, at most 80)`,
    );
  }
  return name;
}

/** The folder of a suite's report; throws where the suite's name could leave the reports folder. */
export function suiteFolder(reports: string, suite: string): string {
  return join(reports, safeName(suite, 'suite'));
}
