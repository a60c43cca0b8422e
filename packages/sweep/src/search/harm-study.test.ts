import { describe, expect, it } from 'vitest';
import type { ArmOutcome } from '../arm.ts';
import { madeUpOutcome } from '../made-up-outcome.ts';
import { defineProtocol } from '../protocol.ts';
import { gaussian, landscapeArm } from '../testing/landscape.ts';
import { harmRounds } from './harm-rounds.ts';
import type { Duel, HarmDesign, HarmPlan, Tune } from './harm-study.ts';
import { studyHarm } from './harm-study.ts';
import { countOf, levelsAt } from './lattice.ts';

const axes = [
  { name: 'noise', levels: [0, 1, 2, 3, 4, 5] },
  { name: 'samples', levels: [1, 2, 3, 4, 5, 6] },
];

const plan: HarmPlan = {
  search: { sample: 8, rounds: 2, batch: 4, optimism: 2 },
  scouting: defineProtocol({ replicate: 7 }),
  replication: defineProtocol({ replicate: 20, judgeSeeds: 6 }),
  ...{ finalists: 2, draws: 3, ladderDraws: 2, stretch: { factor: 4, draws: 1 } },
};

const lossOf = (outcome: ArmOutcome) => Math.log2(outcome.judged[0]?.loss ?? 1);
const harm = ({ small, large }: Duel) => lossOf(large) - lossOf(small);

const design: HarmDesign = {
  axes,
  order: (rank) => (rank * 23) % countOf(axes),
  sizes: { small: 1, large: 4, ladder: [1, 2, 4] },
  armOf: (point, { size, draw, stretch = 1 }) => ({
    ...landscapeArm(`${point} of ${size}, draw ${draw}`, { best: { learningRate: -3 } }),
    steps: 1000 * stretch,
    knobs: { size, draw, noise: levelsAt(axes, point).noise ?? 0 },
  }),
  meritOf: (duel) => ({ value: harm(duel), variance: 1e-4 }),
  harmOf: harm,
};

/** A tuner that trains nothing: harm grows with noise. It keeps what it was asked. */
function madeUpTune() {
  const asked: {
    readonly names: readonly string[];
    readonly replicate: number;
    readonly steps: number;
  }[] = [];
  const tune: Tune = async (arms, { replicate }) => {
    const steps = Math.max(...arms.map((arm) => arm.steps));
    asked.push({ names: arms.map(({ name }) => name), replicate, steps });
    return arms.map((arm) => {
      const { size = 1, noise = 0 } = arm.knobs;
      return madeUpOutcome(arm, {
        setting: arm.space.map(() => 0),
        lossOf: () => 2 ** (0.1 * (noise - 3) * Math.log2(size) + 0.01 * gaussian(arm.name)),
        ...{ tuningSeeds: 1, judgeSeeds: 1 },
      });
    });
  };
  return Object.assign(tune, { asked });
}

describe('a study of harm', () => {
  it('replicates its finds on draws and seeds that the search never saw, and climbs on others again', async () => {
    const tune = madeUpTune();
    const { finalists, ladder, searched } = await studyHarm(design, plan, tune);
    expect(tune.asked.map(({ replicate }) => replicate)).toEqual([7, 7, 7, 21, 22, 23, 24, 25, 26]);
    expect(tune.asked.map(({ steps }) => steps / 1000)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 4]);
    tune.asked.forEach(({ names, replicate }) => {
      const draw = replicate === 7 ? 0 : replicate - 20;
      for (const name of names) expect(name).toMatch(new RegExp(`draw ${draw}$`));
    });
    expect(finalists.map(({ duels }) => duels.map(({ draw }) => draw))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(searched).toHaveLength(16);
    // The noisiest tasks have the largest harm, 0.4 in log2 loss from size 1 to 4.
    expect(levelsAt(axes, finalists[0]?.point ?? []).noise).toBe(5);
    expect(
      ladder?.draws.map(({ outcomes }) => outcomes.map(({ arm }) => arm.split(' ')[2])),
    ).toEqual([
      ['1,', '2,', '4,'],
      ['1,', '2,', '4,'],
    ]);
    expect(levelsAt(axes, ladder?.point ?? []).noise).toBe(5);
  });

  it('is a function of what tuning says: the same study twice', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => studyHarm(design, plan, madeUpTune())));
    expect(one).toEqual(other);
  });

  it('has rounds of the sizes that are told before it begins', async () => {
    const tune = madeUpTune();
    await studyHarm(design, plan, tune);
    const told = harmRounds(design, plan).map(({ arms, protocol }) => ({
      ...{ arms: arms.length, replicate: protocol.replicate },
      steps: Math.max(...arms.map(({ steps }) => steps)),
    }));
    expect(told).toEqual(
      tune.asked.map(({ names, replicate, steps }) => ({ arms: names.length, replicate, steps })),
    );
  });

  it('has no ladder where the plan has no draws for it', async () => {
    const { ladder } = await studyHarm(design, { ...plan, ladderDraws: 0 }, madeUpTune());
    expect(ladder).toBeNull();
  });
});
