import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Verdict,
  writeAssets,
  writeError,
  writeIndex,
  writePage,
  writeVerdict,
} from '@hyperlaw/report';
import type { House } from '../house.ts';
import type { Evidence, Suite } from '../suite.ts';
import { replaysCaveat } from './replay.ts';
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
  const wrong = replaysCaveat(verdict);
  const granted = grantsCaveat(evidence);
  const path = await writePage(reports, {
    ...page,
    caveats: [wrong, ...page.caveats, granted].filter((caveat) => caveat !== null),
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
    throw writeError(folder, cause);
  }
}
