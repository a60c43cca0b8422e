import { describe, expect, it } from 'vitest';
import type { ArmOutcome } from './arm.ts';
import { defineProtocol, planArm } from './protocol.ts';
import type { Landscape } from './testing/landscape.ts';
import { landscapeArm, landscapeMeasure, uniform } from './testing/landscape.ts';
import { tuneArm } from './tune-arm.ts';

const protocol = defineProtocol();
const CASES = 40;

/** A best point somewhere in the screened box. */
function bestOf(name: string, index: number) {
  const between = (knob: string, low: number, high: number) =>
    low + (high - low) * uniform(`${name} ${index} ${knob}`);
  return {
    learningRate: between('learningRate', -6, -2),
    initScale: between('initScale', -1.5, 1.5),
    richness: between('richness', -1.5, 1.5),
  };
}

const families: Readonly<Record<string, (index: number) => Partial<Landscape>>> = {
  bowl: () => ({}),
  'noisy bowl': () => ({ noise: 0.01, seedNoise: 0.05 }),
  ridge: () => ({ correlation: 0.8, noise: 0.005 }),
  'steep and flat knobs': () => ({ curvature: { learningRate: 4, richness: 0.3 }, noise: 0.005 }),
  'short horizons that favour larger rates': () => ({ horizonShift: 1, noise: 0.005 }),
  'short horizons that favour smaller rates': () => ({ horizonShift: -1, noise: 0.005 }),
  'a cliff of divergence near the best rate': (index) => ({
    cliff: bestOf('a cliff of divergence near the best rate', index).learningRate + 0.3,
    noise: 0.005,
  }),
};

async function tuneFamily(name: string) {
  const runs = Array.from({ length: CASES }, async (_, index) => {
    const best = bestOf(name, index);
    const landscape = { best, ...families[name]!(index) };
    const measure = landscapeMeasure();
    const outcome = await tuneArm(landscapeArm(`${name} ${index}`, landscape), protocol, measure);
    return { landscape, best, outcome, measure };
  });
  return Promise.all(runs);
}

const share = <T>(all: readonly T[], holds: (one: T) => boolean) =>
  all.filter(holds).length / all.length;

describe.each(Object.keys(families))('tuning on %s', (name) => {
  const tuned = tuneFamily(name);

  it('finds the best setting to one lattice step in at least 95% of cases', async () => {
    // One step from the lattice point nearest to the true optimum.
    const near = share(await tuned, ({ outcome, best }) =>
      Object.values(best).every((at, k) => Math.abs(outcome.winner!.setting[k]! - at) <= 1.5),
    );
    expect(near).toBeGreaterThanOrEqual(0.95);
  });

  it('knows that the optimum is interior', async () => {
    expect(share(await tuned, ({ outcome }) => outcome.status === 'interior')).toBeGreaterThan(
      0.85,
    );
  });

  it('spends the same budget on every arm', async () => {
    for (const { outcome, measure } of await tuned) {
      const plan = planArm(landscapeArm('any', { best: {} }), protocol);
      const { spent } = outcome;
      expect(spent.screen).toBe(plan.screen.trials);
      expect(spent.halve + spent.refine).toBe(plan.halve.trials + plan.refine.trials);
      expect(spent.confirm).toBe(plan.confirm.trials);
      expect(spent.judge).toBe(plan.judge.trials);
      expect(spent.slice).toBeLessThanOrEqual(plan.slice.trials);
      expect(measure.trained.size).toBe(outcome.trials.total);
    }
  });
});

describe('enclosing the winner', () => {
  it('leaves no neighbour unmeasured, and spends no more than planned', async () => {
    // Few settings and steep noise: the search alone often leaves the winner without some neighbour.
    const few = { searchTrials: 10, confirm: 3 };
    const outcomes = (enclose: number) =>
      Promise.all(
        Array.from({ length: CASES }, async (_, index) => {
          const landscape = { best: bestOf('enclosed', index), noise: 0.3, seedNoise: 0.3 };
          const arm = landscapeArm(`enclosed ${index}`, landscape);
          const own = defineProtocol({ ...few, enclose });
          const outcome = await tuneArm(arm, own, landscapeMeasure());
          expect(outcome.spent.confirm).toBeLessThanOrEqual(planArm(arm, own).confirm.trials);
          return outcome;
        }),
      );
    const unmeasured = ({ edges }: ArmOutcome) =>
      edges.some(({ reason }) => reason === 'unmeasured');
    expect(share(await outcomes(0), unmeasured)).toBeGreaterThan(0.3);
    expect(share(await outcomes(4), unmeasured)).toBe(0);
  });
});
