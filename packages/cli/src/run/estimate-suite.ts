import { TRAINING_SEMANTICS } from '@hyperlaw/core';
import { experimentKey, openExperiments, openJournal, planSize } from '@hyperlaw/sweep';
import type { Suite, SuitePlan } from '../suite.ts';
import { costOver } from './cost-over.ts';
import { count } from './count.ts';
import { expectedTime } from './expected-time.ts';
import { planLines } from './plan-lines.ts';
import { prepare } from './prepare.ts';
import type { RunOptions } from './run-suite.ts';
import { lawsOf } from './study.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * Says how much a run of a suite would have to do and how long it is expected to take, and keeps nothing of what it times.
 * Gives the exit code; throws as a run does before it begins.
 */
export async function estimateSuite(suite: Suite, options: RunOptions): Promise<number> {
  const { house, settings, crew, context } = options;
  const { complain, now, signal } = context;
  const { profile } = settings;
  const say = (line: string) => context.write(`${line}\n`);
  const results = {
    folder: house.results(suite.name),
    warn: (line: string) => complain(`${line}\n`),
  };
  const made = openExperiments(results);
  const trained = openJournal(results);
  try {
    const { tasks, experiments, plan, crewed, load } = await prepare(suite, options);
    const known = { experiments: made.size, trials: trained.size };
    for (const line of planLines(plan, experiments, { tasks, known })) say(line);
    const rounds = suite.studyRounds?.(profile) ?? [];
    if (rounds.length > 0) say(studyLine(rounds));
    const all = [plan, ...rounds].filter(({ arms }) => arms.length > 0);
    const loaded = await load(lawsOf(rounds.flatMap(({ arms }) => arms)));
    const cost = costOver([...tasks, ...loaded.tasks], crewed);
    const arms = all.flatMap((one) => one.arms);
    if (arms.length > 0) {
      const lanes = arms.map((arm) => cost.lanesFor(arm));
      const [least, most] = [Math.min(...lanes), Math.max(...lanes)];
      say(`programs: of ${least === most ? '' : `${least} to `}${count(most, 'lane')}`);
    }
    if (crew === null) return 0;
    const seconds = await unlessAborted(
      signal,
      expectedTime(all, {
        ...{ pool: crew.timing, cost, now, signal, say },
        ...{ journal: trained, semantics: TRAINING_SEMANTICS },
        experiments: experiments.filter((one) => !made.get(experimentKey(one, TRAINING_SEMANTICS))),
        from: Number.MIN_VALUE,
      }),
    );
    if (signal.aborted) throw new Error('interrupted');
    if (seconds === null) say('estimate: nothing is left to do');
    return 0;
  } finally {
    made.close();
    trained.close();
    await crew?.pool.close();
  }
}

function studyLine(rounds: readonly SuitePlan[]): string {
  const sizes = rounds.map(({ arms, protocol }) => planSize(arms, protocol));
  const sum = (of: 'trials' | 'modelSteps') => sizes.reduce((all, one) => all + one[of], 0);
  return `plan: a search in ${count(rounds.length, 'round')}, ${count(sum('trials'), 'trial')}, ${count(sum('modelSteps'), 'model-step')} at most`;
}
