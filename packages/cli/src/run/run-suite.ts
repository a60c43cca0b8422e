import { rmdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { answersOf, type Verdict } from '@hyperlaw/report';
import { rememberingPool } from '@hyperlaw/sweep';
import type { Context } from '../context.ts';
import type { House } from '../house.ts';
import type { Settings } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { count, number } from './count.ts';
import type { Crew } from './crew.ts';
import { checkWritable, draw } from './draw.ts';
import { judge } from './judge.ts';
import { type Measurements, measure } from './measure.ts';
import { originOf } from './origin.ts';
import { dataOf, sourcesOf } from './provenance.ts';
import { isWrong, replay } from './replay.ts';
import { openRunLog, type RunLog } from './run-log.ts';

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
  const { house, settings, crew, context } = options;
  const { profile } = settings;
  const say = (line: string) => context.write(`${line}\n`);
  const startedAt = context.date().toISOString();
  const began = context.now();
  let log: RunLog | null = null;
  try {
    // Before an hour of training rather than after it.
    checkWritable(join(house.reports, suite.name));
    const own = sourcesOf(house);
    const { kind, name } = crew?.device ?? { kind: 'none', name: 'none' };
    const device = { kind, name };
    log = openRunLog(
      { ...own, profile, startedAt, device, workers: crew?.workers ?? 0 },
      { folder: house.results(suite.name) },
    );
    const pool = crew && rememberingPool(crew.pool);
    const measurements = await measure(suite, {
      ...options,
      crew: pool && { ...crew, pool },
      log,
    });
    // Their memory is not needed any more, and drawing wants its own.
    await crew?.pool.close();
    const replays = pool && (await replay(pool, { crew, context }));
    log.end({ ...measurements.pace, ...(replays && { replays }) });
    const { evidence, experiments, sweep, sources } = measurements;
    const verdict = judge(suite, evidence, {
      compute: {
        trials: experiments.trials + sweep.trials,
        modelSteps: experiments.modelSteps + sweep.modelSteps,
        flops: experiments.flops + sweep.flops,
        seconds: experiments.seconds + sweep.seconds,
        ...estimated(log),
      },
      provenance: {
        ...(await provenanceOf(log, own, { house, suite: suite.name, profile, startedAt })),
        data: dataOf(sources),
        ...replayed(log),
      },
    });
    const page = await draw(suite, evidence, verdict, house);
    for (const { question, verdict: word, statement } of answersOf(verdict)) {
      const what = verdict.further ? ` (${question.id})` : '';
      say(`\nverdict${what}: ${word}\n${statement}`);
    }
    say(`page: ${relative(house.folder, page)}`);
    say(spent(measurements, context.now() - began));
    const wrong = replays !== null && isWrong(replays, device);
    return wrong || experiments.failed + sweep.failed > 0 ? 1 : 0;
  } finally {
    log?.close();
    await crew?.pool.close();
    leaveNoEmpty(join(house.reports, suite.name));
  }
}

/** Takes away a folder that a run made and put nothing into. */
function leaveNoEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds a page, or was never made.
  }
}

/** What measured the results, and what judges them where that is something else. */
async function provenanceOf(
  log: RunLog,
  { commit, dirty }: ReturnType<typeof sourcesOf>,
  where: Parameters<typeof originOf>[1],
): Promise<Omit<Verdict['provenance'], 'data'>> {
  const origin = await originOf(log.runs(), where);
  const same = origin.commit === commit && origin.dirty === dirty;
  return same ? origin : { ...origin, judgedAt: { commit, dirty } };
}

/** How the estimate of the last run that had one did. */
function estimated(log: RunLog): Pick<Verdict['compute'], 'estimate'> {
  const end = log.runs().findLast((run) => run.end?.estimate)?.end;
  return end?.estimate ? { estimate: { seconds: end.estimate, took: end.seconds } } : {};
}

/** How what the runs made again came out. */
function replayed(log: RunLog): Pick<Verdict['provenance'], 'replays'> {
  const all = log.runs().flatMap(({ end }) => end?.replays ?? []);
  const sum = (what: 'made' | 'same') => all.reduce((total, one) => total + one[what], 0);
  return all.length > 0 ? { replays: { made: sum('made'), same: sum('same') } } : {};
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
