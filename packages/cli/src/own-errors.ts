import type { Tune } from '@hyperlaw/sweep';
import type { Suite } from './suite.ts';

/** A suite whose own code, where it throws, says whose it is and what it was asked for. */
export function ownErrors(suite: Suite): Suite {
  const { plan, experiments, study, studyRounds } = suite;
  const named = (what: string, cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${what} of suite ${suite.name}: ${why} (HYPERLAW_DEBUG=1 shows where)`;
    return new Error(message, { cause });
  };
  const own =
    <Given extends readonly unknown[], Result>(what: string, work: (...given: Given) => Result) =>
    (...given: Given): Result => {
      try {
        return work(...given);
      } catch (cause) {
        throw named(what, cause);
      }
    };
  return {
    ...suite,
    tasks: own('tasks', suite.tasks),
    ...(plan && { plan: own('plan', plan) }),
    ...(experiments && {
      experiments: { ...experiments, plan: own('experiments', experiments.plan) },
    }),
    ...(studyRounds && { studyRounds: own('study rounds', studyRounds) }),
    ...(study && {
      async study(profile, tune) {
        // What tuning throws, an interrupt for one, is not the suite's.
        const others = new Set<unknown>();
        const watched: Tune = async (...given) =>
          tune(...given).catch((error: unknown) => {
            others.add(error);
            throw error;
          });
        try {
          return await study(profile, watched);
        } catch (cause) {
          throw others.has(cause) ? cause : named('study', cause);
        }
      },
    }),
    judge: own('judge', suite.judge),
    page: own('page', suite.page),
  };
}
