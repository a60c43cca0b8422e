import type { Arm } from '../arm.ts';
import type { Journal } from '../journal.ts';
import type { Neighbours } from '../neighbours.ts';
import type { Protocol, StagePlan } from '../protocol.ts';
import { planArm } from '../protocol.ts';
import type { Measure } from '../trial.ts';
import { trialKey } from '../trial-key.ts';
import { tuneArm } from '../tune-arm.ts';

/** Thrown where the protocol asks for what has not been trained yet. */
class Unknown extends Error {}

/** What is left to train of an arm, at most. */
export interface Remaining extends StagePlan {
  readonly arm: Arm;
  /** By which it is tuned. */
  readonly protocol: Protocol;
}

/** The arms of which a journal does not hold all, with what is left of each. Throws where an arm cannot be tuned. */
export async function remainingOf(
  arms: readonly Arm[],
  options: RemainingOptions,
): Promise<readonly Remaining[]> {
  const all = await Promise.all(
    arms.map(async (arm) => ({
      ...{ arm, protocol: options.protocol },
      ...(await remainingOfArm(arm, options)),
    })),
  );
  return all.filter(({ trials }) => trials > 0);
}

interface RemainingOptions {
  readonly protocol: Protocol;
  readonly journal: Journal;
  readonly semantics: string | number;
  readonly neighbours?: Neighbours | undefined;
}

/** Follows the protocol as far as it is known. */
async function remainingOfArm(
  arm: Arm,
  { protocol, journal, semantics, neighbours = () => [] }: RemainingOptions,
): Promise<StagePlan> {
  const planned = Object.values(planArm(arm, protocol));
  const found = new Map<string, number>();
  const measureInto =
    (counted: Map<string, number>): Measure =>
    async (specs) => {
      const records = specs.map((spec) => {
        const key = trialKey(spec, semantics);
        const record = journal.get(key);
        if (record) counted.set(key, spec.steps);
        return record;
      });
      return records.map((record) => {
        if (record === undefined) throw new Unknown();
        return record;
      });
    };
  // Those of neighbours are left to the neighbours.
  const beside = neighbours(arm).map((one) => ({ arm: one, measure: measureInto(new Map()) }));
  try {
    await tuneArm(arm, protocol, measureInto(found), beside);
    return { trials: 0, modelSteps: 0 };
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
  }
  const done = [...found.values()].reduce((sum, steps) => sum + steps, 0);
  return {
    trials: planned.reduce((sum, { trials }) => sum + trials, 0) - found.size,
    modelSteps: planned.reduce((sum, { modelSteps }) => sum + modelSteps, 0) - done,
  };
}
