import type { Arm, Stage } from './arm.ts';
import { trialOf } from './arm.ts';
import { borrowed } from './borrow.ts';
import { halve } from './halve.ts';
import type { Protocol } from './protocol.ts';
import { aloneTrials, planArm, screenSteps } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { refine } from './refine.ts';
import type { Setting } from './space.ts';
import { screenLattice } from './space.ts';
import type { Measure, TrialRecord, TrialSpec } from './trial.ts';

/** An arm that stands beside the one that is tuned, and what measures its trials. */
export interface Neighbour {
  readonly arm: Arm;
  readonly measure: Measure;
}

/** Measures trials for a stage of the protocol. */
export type Ask = (stage: Stage, specs: readonly TrialSpec[]) => Promise<readonly TrialRecord[]>;

/** What a search came to: settings at the full horizon on the first tuning seed. */
export interface Searched {
  readonly explored: readonly Scored[];
  /** Those of them that were measured because a neighbour's search had found them good. */
  readonly borrowed: readonly Setting[];
}

/**
 * Searches an arm's space with exactly the trials that are planned for it: screen, halve, refine. Where it has neighbours
 * and the protocol lets it borrow, it stops half-way through refining, measures what their searches, as far as they go
 * without it, found best, and refines on from all of that. A neighbour's search is the same pure code over the same
 * trials as the neighbour runs itself, so that nothing waits for it, and nothing is trained that is not its own. One of
 * which a trial could not be run lends nothing.
 */
export async function searchArm(
  arm: Arm,
  protocol: Protocol,
  ask: Ask,
  { seed, neighbours }: { readonly seed: number; readonly neighbours: readonly Neighbour[] },
): Promise<Searched> {
  const { halve: halved, refine: refined } = planArm(arm, protocol);
  const total = halved.trials + refined.trials;
  if (protocol.borrow === 0 || neighbours.length === 0) {
    return { explored: await searchAlone(arm, protocol, ask, { seed, total }), borrowed: [] };
  }
  const alone = (one: Arm, asking: Ask) =>
    searchAlone(one, protocol, asking, { seed, total: aloneTrials(one, protocol) });
  const lent = async ({ arm: one, measure }: Neighbour) => {
    let failed = false;
    const found = await alone(one, async (_, specs) => {
      const records = await measure(specs);
      failed ||= records.some(({ status }) => status === 'failed');
      return records;
    });
    return failed ? [] : found;
  };
  const lending = Promise.all(neighbours.map(lent));
  // Waited for below, once the arm's own search has gone as far as it can, whatever becomes of its neighbours'.
  lending.catch(() => {});
  const own = await alone(arm, ask);
  const others = await lending;
  const train = trainer(arm, protocol, ask, seed);
  const most = Math.min(protocol.borrow, total - own.length);
  const taken = borrowed(arm.space, protocol, own, others, most);
  const start = [...own, ...(await train('refine', taken))];
  const explored = await refine(arm, protocol, start, total, (settings) =>
    train('refine', settings),
  );
  return { explored, borrowed: taken };
}

/** Screen, halve, refine: at most `total` settings at the full horizon. */
async function searchAlone(
  arm: Arm,
  protocol: Protocol,
  ask: Ask,
  { seed, total }: { readonly seed: number; readonly total: number },
): Promise<readonly Scored[]> {
  const train = trainer(arm, protocol, ask, seed);
  const screened = await train('screen', screenLattice(arm.space));
  const halved = Math.min(total, planArm(arm, protocol).halve.trials);
  const kept = await train('halve', halve(arm, protocol, screened, halved));
  return refine(arm, protocol, kept, total, (settings) => train('refine', settings));
}

function trainer(arm: Arm, protocol: Protocol, ask: Ask, seed: number) {
  return async (stage: 'screen' | 'halve' | 'refine', settings: readonly Setting[]) => {
    const steps = stage === 'screen' ? screenSteps(arm, protocol) : arm.steps;
    const specs = settings.map((setting) => trialOf(arm, setting, seed, { steps }));
    const records = await ask(stage, specs);
    return settings.map((setting, index): Scored => ({ setting, record: records[index]! }));
  };
}
