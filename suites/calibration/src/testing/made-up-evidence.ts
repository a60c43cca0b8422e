import { type Evidence, measuredFrom, type Profile } from '@hyperlaw/cli';
import type { Experiment, Measured } from '@hyperlaw/sweep';
import type { Law } from '../law.ts';

/** For tests: evidence in which each experiment that a law plans has a made-up result, or has failed where that is null. */
export function madeUpEvidence(
  { plan }: Pick<Law, 'plan'>,
  result: (experiment: Experiment) => object | null,
  profile: Profile = 'standard',
): Evidence {
  const entries = plan(profile, []).map((experiment): [string, Measured] => {
    const made = result(experiment);
    return [
      experiment.name,
      made === null
        ? { status: 'failed', reason: 'out of memory' }
        : { status: 'done', result: made },
    ];
  });
  return {
    ...{ profile, tasks: [], skipped: [], outcomes: [], arms: [] },
    protocol: {} as Evidence['protocol'],
    measured: measuredFrom(new Map(entries)),
  };
}
