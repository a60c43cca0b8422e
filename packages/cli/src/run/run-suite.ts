import { join, relative } from 'node:path';
import { answersOf, readVerdict, type Verdict } from '@hyperlaw/report';
import type { Context } from '../context.ts';
import type { House } from '../house.ts';
import type { Settings } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { count, number } from './count.ts';
import type { Crew } from './crew.ts';
import { checkWritable, draw } from './draw.ts';
import { judge } from './judge.ts';
import { type Measurements, measure } from './measure.ts';
import { commitOf, dataOf, versionsOf } from './provenance.ts';

/** What a suite is run with. */
export interface RunOptions {
  readonly house: House;
  readonly settings: Settings;
  /** Null judges and draws from the journal alone. */
  readonly crew: Crew | null;
  readonly context: Context;
}

/**
 * Runs a suite from its declaration to its page and gives the exit code: 1 where an experiment or a trial could not be run.
 * Throws one line where it cannot go on; what was measured until then is in the journal.
 */
export async function runSuite(suite: Suite, options: RunOptions): Promise<number> {
  const { house, crew, context } = options;
  const say = (line: string) => context.write(`${line}\n`);
  const startedAt = context.date().toISOString();
  const began = context.now();
  try {
    // Before an hour of training rather than after it.
    checkWritable(join(house.reports, suite.name));
    const measurements = await measure(suite, options);
    // Their memory is not needed any more, and drawing wants its own.
    await crew?.pool.close();
    const { evidence, experiments, sweep, sources } = measurements;
    const verdict = judge(suite, evidence, {
      compute: {
        trials: experiments.trials + sweep.trials,
        modelSteps: experiments.modelSteps + sweep.modelSteps,
        flops: experiments.flops + sweep.flops,
        seconds: experiments.seconds + sweep.seconds,
      },
      provenance: {
        ...commitOf(house.folder),
        ...(await origin(suite, {
          ...options,
          measured: experiments.made + sweep.trained,
          startedAt,
        })),
        versions: versionsOf(),
        data: dataOf(sources),
      },
    });
    const page = await draw(suite, evidence, verdict, house);
    for (const { question, verdict: word, statement } of answersOf(verdict)) {
      const what = verdict.further ? ` (${question.id})` : '';
      say(`\nverdict${what}: ${word}\n${statement}`);
    }
    say(`page: ${relative(house.folder, page)}`);
    say(spent(measurements, context.now() - began));
    return experiments.failed + sweep.failed > 0 ? 1 : 0;
  } finally {
    await crew?.pool.close();
  }
}

/** Where and when it was measured: now, or as the last verdict says where this run measured nothing. */
async function origin(
  suite: Suite,
  {
    house,
    settings,
    crew,
    measured,
    startedAt,
  }: RunOptions & { readonly measured: number; readonly startedAt: string },
): Promise<Pick<Verdict['provenance'], 'device' | 'startedAt'>> {
  const { kind, name } = crew?.device ?? { kind: 'unknown', name: 'not recorded in the journal' };
  const device = { kind, name };
  if (measured > 0) return { device, startedAt };
  const before = await readVerdict(join(house.reports, suite.name, 'verdict.json')).catch(
    () => null,
  );
  if (before?.profile !== settings.profile) return { device, startedAt };
  return { device: before.provenance.device, startedAt: before.provenance.startedAt };
}

function spent({ experiments, sweep, evidence }: Measurements, seconds: number): string {
  const parts = [
    ...(experiments.experiments > 0
      ? [
          part(count(experiments.experiments, 'experiment'), [
            `${number(experiments.made)} made now`,
            ...unrun(experiments.failed),
          ]),
        ]
      : []),
    ...(evidence.arms.length > 0 || sweep.trials > 0
      ? [
          part(count(sweep.trials, 'trial'), [
            `${number(sweep.trained)} trained now`,
            `${number(sweep.diverged)} diverged`,
            ...unrun(sweep.failed),
          ]),
        ]
      : []),
  ];
  return `${parts.join(' and ')} in ${seconds.toFixed(1)} s`;
}

const part = (what: string, notes: readonly string[]) => `${what} (${notes.join(', ')})`;

const unrun = (failed: number) => (failed > 0 ? [`${number(failed)} could not be run`] : []);
