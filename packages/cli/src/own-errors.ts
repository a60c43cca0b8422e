import type { Suite } from './suite.ts';

/** A suite whose own code, where it throws, says whose it is and what it was asked for. */
export function ownErrors(suite: Suite): Suite {
  const { plan, experiments } = suite;
  const own =
    <Given extends readonly unknown[], Result>(what: string, work: (...given: Given) => Result) =>
    (...given: Given): Result => {
      try {
        return work(...given);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        const message = `${what} of suite ${suite.name}: ${why} (HYPERLAW_DEBUG=1 shows where)`;
        throw new Error(message, { cause });
      }
    };
  return {
    ...suite,
    tasks: own('tasks', suite.tasks),
    ...(plan && { plan: own('plan', plan) }),
    ...(experiments && {
      experiments: { ...experiments, plan: own('experiments', experiments.plan) },
    }),
    judge: own('judge', suite.judge),
    page: own('page', suite.page),
  };
}
