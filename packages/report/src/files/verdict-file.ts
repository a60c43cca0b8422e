import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import schema from '../verdict.schema.json' with { type: 'json' };
import type { Verdict } from '../verdict.ts';
import { suiteFolder } from './safe-name.ts';
import { writeAtomic } from './write-atomic.ts';

let compiled: ValidateFunction<Verdict> | undefined;

/** Path and value of the first number that is not finite: JSON would turn it into null. */
function firstNotFinite(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = firstNotFinite(inner, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** First interval whose ends stand the wrong way round. */
function firstReversed(verdict: Verdict): string | undefined {
  for (const list of ['claims', 'arms'] as const) {
    const at = verdict[list].findIndex(({ interval }) => interval && interval[0] > interval[1]);
    if (at >= 0) return `/${list}/${at}/interval is reversed`;
  }
  return undefined;
}

/** The value as a verdict, unchanged; throws one line naming the first field that is not as the schema has it. */
export function validateVerdict(value: unknown): Verdict {
  const fail = (what: string): never => {
    throw new Error(`invalid verdict: ${what} (as in verdict.schema.json, numbers finite)`);
  };
  const infinite = firstNotFinite(value, '');
  if (infinite !== undefined) return fail(infinite);
  compiled ??= new Ajv2020({ allowUnionTypes: true }).compile<Verdict>(schema);
  if (!compiled(value)) {
    const [error] = compiled.errors ?? [];
    const extra: unknown = error?.params.additionalProperty;
    return fail(
      `${error?.instancePath || '/'} ${error?.message}${extra === undefined ? '' : `: ${extra}`}`,
    );
  }
  const reversed = firstReversed(value);
  return reversed === undefined ? value : fail(reversed);
}

/**
 * Validates a verdict and writes `<reports>/<suite>/verdict.json` whole or not at all; returns its path.
 * Throws one line where the verdict is invalid or the file cannot be written.
 */
export async function writeVerdict(reports: string, verdict: Verdict): Promise<string> {
  const path = join(suiteFolder(reports, validateVerdict(verdict).suite), 'verdict.json');
  await writeAtomic(path, `${JSON.stringify(verdict, null, 2)}\n`);
  return path;
}

/** Reads and validates a verdict file; throws one line that names it. */
export async function readVerdict(path: string): Promise<Verdict> {
  try {
    return validateVerdict(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
