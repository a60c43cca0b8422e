import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import type { ExperimentEntry } from './experiment-journal.ts';
import { experimentEntry, openExperiments, readExperiments } from './experiment-journal.ts';
import { experimentKey } from './experiment-key.ts';
import { openJournal, readJournal } from './journal.ts';
import { journalEntry } from './journal-entry.ts';
import { landscapeArm, trainLane } from './testing/landscape.ts';
import { madeUpExperiment } from './testing/made-up-experiments.ts';
import { trialKey } from './trial-key.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperlaw-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function entryOf(seed: number): ExperimentEntry {
  const experiment = madeUpExperiment({ seed });
  const result = { values: [seed / 3, null], text: 'ξ' };
  const compute = { trials: 1, modelSteps: 2, flops: 3 };
  return experimentEntry(experimentKey(experiment, 1), experiment, {
    result,
    compute,
    seconds: 0.1,
  });
}

function written(entries: readonly ExperimentEntry[]): string {
  const journal = openExperiments({ folder });
  for (const entry of entries) journal.append(entry);
  journal.close();
  return join(folder, 'experiments-000001.ndjson');
}

function read() {
  const warnings: string[] = [];
  const entries = [...readExperiments({ folder, warn: (line) => warnings.push(line) })];
  return { entries, warnings };
}

describe('the journal of experiments', () => {
  it('reads back what was written, a line each', () => {
    const path = written([0, 1].map(entryOf));
    expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(JSON.stringify(entryOf(0)));
    expect(read()).toEqual({ entries: [0, 1].map(entryOf), warnings: [] });
    const { key, result, compute, seconds } = entryOf(1);
    expect(openExperiments({ folder }).get(key)).toEqual({ result, compute, seconds });
  });

  it('stands beside that of the trials, and neither reads the other', () => {
    const spec = trialOf(landscapeArm('beside', { best: {} }), [-4, 0, 0], 0);
    const trial = journalEntry(trialKey(spec, '1'), spec, trainLane(spec, spec));
    const trials = openJournal({ folder });
    trials.append(trial);
    written([entryOf(0)]);
    expect(readdirSync(folder).sort()).toEqual([
      'experiments-000001.ndjson',
      'trials-000001.ndjson',
    ]);
    const warnings: string[] = [];
    expect([...readJournal({ folder, warn: (line) => warnings.push(line) })]).toEqual([trial]);
    expect(warnings).toEqual([]);
    expect(read()).toEqual({ entries: [entryOf(0)], warnings: [] });
  });

  it('takes the first of two, and no line that is torn or none of its own', () => {
    const path = written([entryOf(0), { ...entryOf(0), seconds: 9 }]);
    const { compute: _, ...incomplete } = entryOf(1);
    appendFileSync(
      path,
      `${JSON.stringify(incomplete)}\n${JSON.stringify(entryOf(2)).slice(0, 99)}`,
    );
    expect(read()).toEqual({
      entries: [entryOf(0)],
      warnings: [`${path}:4: torn last line ignored`, `${path}:3: corrupt line skipped`],
    });
    writeFileSync(path, '');
    expect(read()).toEqual({ entries: [], warnings: [] });
  });
});
