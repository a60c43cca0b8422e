import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Verdict, writeAssets, writeIndex, writePage, writeVerdict } from '@hyperlaw/report';
import type { House } from '../house.ts';
import type { Evidence, Suite } from '../suite.ts';
import { grantsCaveat } from './spend-budget.ts';

/** Writes a suite's page and verdict, what all pages share, and the index; gives the page's path. */
export async function draw(
  suite: Suite,
  evidence: Evidence,
  verdict: Verdict,
  { reports }: House,
): Promise<string> {
  await writeAssets(reports);
  const page = suite.page(evidence, verdict);
  const granted = grantsCaveat(evidence);
  const path = await writePage(reports, {
    ...page,
    caveats: granted === null ? page.caveats : [...page.caveats, granted],
    title: suite.title,
    command: `HYPERLAW_PROFILE=${evidence.profile} npx turbo run suite:${suite.name}`,
    verdict,
  });
  await writeVerdict(reports, verdict);
  await writeIndex(reports);
  return path;
}

/** Throws one line where a folder cannot be written: before an hour of training rather than after it. */
export function checkWritable(folder: string): void {
  const probe = join(folder, `.probe.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, 'written to see whether this folder can be\n');
    rmSync(probe);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const reason = reasons[code] ?? code;
    throw new Error(`cannot write ${folder}: ${reason} (a folder that can be written)`, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  ENOTDIR: 'not a folder',
  EEXIST: 'not a folder',
};
