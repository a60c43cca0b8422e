import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { randomStream } from '@hyperlaw/tasks';
import { chi } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { addedRate, multipliedRate } from './decay.ts';
import { orderAndChaos } from './law.ts';
import { netOf, scalesAt } from './nets.ts';
import { type Growth, type GrowthInput, perturbationGrowth } from './perturb.ts';
import { crossing } from './plane.ts';
import { type Group, type Pairs, type PairsInput, propagatedPairs } from './propagate.ts';
import type { Trained, TrainedInput } from './train.ts';
import { reachedDepth } from './trainable.ts';
import { recursion } from './trajectories.ts';

/** What made-up results do: by how much correlations settle faster, and growth and trained depth differ from theory. */
const theory = { pace: 1, growth: 1, depthExponent: 1 };
type Departures = typeof theory;

function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  randomStream({ seed, role: 'noise' }).fillNormal(0, out);
  return [...out];
}

const madeUp = (departures: Departures) =>
  madeUpEvidence(orderAndChaos, ({ kind, input }) => {
    switch (kind) {
      case 'propagatedPairs':
        return pairs(input as PairsInput, departures);
      case 'perturbationGrowth':
        return growth(input as GrowthInput, departures);
      default:
        return trained(input as TrainedInput, departures);
    }
  });

/** The recursion, read at another pace, with a noise of half a per cent. */
function pairs({ activation, groups, depth, nets, seed }: PairsInput, { pace }: Departures): Pairs {
  const predicted = groups.map((group) =>
    recursion({ ...group, activation }, group, Math.ceil(pace * depth) + 1),
  );
  const at = (values: readonly number[], layer: number): number => {
    const [i, part] = [Math.floor(layer), layer % 1];
    return (values[i] as number) * (1 - part) + part * (values[i + 1] ?? 0);
  };
  const rows = (of: (which: number, layer: number) => number, salt: number) =>
    Array.from({ length: nets }, (_, net) =>
      groups.map((_, g) => {
        const noise = normals(seed + 1000 * net + 17 * g + salt, depth);
        return noise.map((z, layer) => of(g, pace * layer) * (1 + 0.005 * z));
      }),
    );
  return {
    separations: rows((g, layer) => 1 - at(predicted[g]?.correlations ?? [], layer), 1),
    lengths: rows((g, layer) => at(predicted[g]?.lengths ?? [], layer), 2),
  };
}

function growth({ cells, nets, seed }: GrowthInput, departures: Departures): Growth {
  const predicted = cells.map(({ weightVariance, biasVariance }) =>
    chi(netOf(weightVariance, biasVariance)),
  );
  return {
    factors: Array.from({ length: nets }, (_, net) => {
      const noise = normals(seed + net, cells.length);
      return predicted.map((x, i) => departures.growth * x * (1 + 0.01 * (noise[i] as number)));
    }),
  };
}

/** Losses that rise from 0.3 to chance around a power of 6 ξ_c. */
function trained(input: TrainedInput, { depthExponent }: Departures): Trained {
  const noise = normals(1000 * input.seed + input.depth, input.weightVariances.length);
  return {
    losses: input.weightVariances.map((weightVariance, i) => {
      const limit = 6 * scalesAt(weightVariance).correlation;
      const reach = 30 * (limit / 30) ** depthExponent;
      const rise = 1 / (1 + (reach / input.depth) ** 4);
      return 0.3 + 2 * rise + 0.02 * (noise[i] as number);
    }),
  };
}

const verdicts = (departures: Departures, of: RegExp) =>
  findingOf(orderAndChaos, madeUp(departures))
    .claims.filter(({ name }) => of.test(name))
    .map(({ verdict }) => verdict);

describe('order and chaos', () => {
  it('holds where results follow theory', () => {
    const { claims, figures } = findingOf(orderAndChaos, madeUp(theory));
    // Near the critical line nets deeper than the grid's are promised to learn: of that the grid has a bound.
    const bounded = [1.6, 1.76, 2].map((w) => `at σ_w² = ${w}: at least`);
    const open = claims.filter(({ verdict }) => verdict !== 'supported').map(({ name }) => name);
    expect(open.filter((name) => bounded.some((end) => name.endsWith(end)))).toHaveLength(3);
    expect(open).toEqual([
      expect.stringContaining('near the critical line, where that is beyond the deepest net'),
      expect.stringContaining('all σ_w²'),
      ...bounded.map((end) => expect.stringContaining(end)),
    ]);
    expect(claims).toHaveLength(12 + 1 + 4 + 2 + 3);
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fails where correlations settle a tenth faster', () => {
    const wrong = verdicts({ ...theory, pace: 1.1 }, /^Rate 1\/ξ_c/);
    expect(wrong).toEqual(['refuted', 'supported', 'refuted', 'refuted', 'supported', 'refuted']);
  });

  it('fails where differences grow by a tenth more', () => {
    const wrong = verdicts({ ...theory, growth: 1.1 }, /^Growth of a small|^Critical/);
    expect(wrong).toEqual(['refuted', 'refuted', 'refuted', 'refuted']);
  });

  it('fails where nets are trained to a depth that hardly depends on ξ_c', () => {
    const wrong = verdicts({ ...theory, depthExponent: 0.3 }, /^Exponent of that depth/);
    expect(wrong).toEqual(['refuted', 'refuted']);
  });

  it('keeps its other parts where one was not measured', () => {
    const failed = madeUpEvidence(orderAndChaos, ({ kind, input }) =>
      kind === 'perturbationGrowth' ? growth(input as GrowthInput, theory) : null,
    );
    const { claims, verdict, figures } = findingOf(orderAndChaos, failed);
    expect(verdict).toBe('inconclusive');
    expect(claims.filter((claim) => claim.verdict === 'supported')).toHaveLength(4);
    expect(figures).toHaveLength(1);
  });
});

describe('what nets do', () => {
  const group: Group = { weightVariance: 1.5, biasVariance: 0.1, separation: 0.5, length: 0.4 };

  it('keep equal inputs equal, and others at the mean-field recursion', async () => {
    const groups = [group, { ...group, separation: 0 }];
    const input: PairsInput = {
      ...{ activation: 'tanh', width: 512, depth: 4, triples: 4, groups, nets: 4, seed: 3 },
    };
    const { separations, lengths } = await propagatedPairs(input, cpuLaboratory());
    const { correlations, lengths: q } = recursion({ ...group, activation: 'tanh' }, group, 4);
    for (let layer = 0; layer < 4; layer++) {
      const mean = (rows: Pairs['lengths']) =>
        rows.reduce((sum, net) => sum + (net[0]?.[layer] as number) / rows.length, 0);
      // A correlation of a pair fluctuates by 1/√512, over 48 pairs that share directions; three such errors.
      expect(mean(separations)).toBeCloseTo(1 - (correlations[layer] as number), 1);
      expect(mean(lengths) / (q[layer] as number)).toBeCloseTo(1, 1);
      expect(separations[0]?.[1]?.[layer]).toBe(0);
    }
  });

  it('scale small differences by χ₁', async () => {
    const cells = [{ weightVariance: 1, biasVariance: 0.05 }, group];
    const { factors } = await perturbationGrowth(
      { width: 256, settle: 10, depth: 20, cells, nets: 4, seed: 1 },
      cpuLaboratory(),
    );
    cells.forEach(({ weightVariance, biasVariance }, i) => {
      const mean = factors.reduce((sum, net) => sum + (net[i] as number) / factors.length, 0);
      // √(4/256) a layer, over 80 layers: 0.014.
      expect(Math.abs(mean / chi(netOf(weightVariance, biasVariance)) - 1)).toBeLessThan(0.05);
    });
  });
});

describe('readings', () => {
  const decay = [0, 1].map((net) => Array.from({ length: 20 }, (_, l) => 2 ** net * 0.8 ** l));

  it('give the rate of an exponential', () => {
    for (const rate of [addedRate, multipliedRate]) {
      expect(rate(decay, [0, 1])).toBeCloseTo(-Math.log(0.8), 12);
    }
  });

  it('find where values change their sign', () => {
    expect(crossing([0, 1, 2], [-2, -1, 3])).toBe(1.25);
    expect(crossing([0, 1], [1, 3])).toBe(0);
  });

  it('find the depth that is reached, and a bound where all or nothing is learnt', () => {
    expect(reachedDepth([4, 16], [1, 2], 1.5).depth).toBeCloseTo(8, 12);
    expect(reachedDepth([4, 16], [1, null], 1).depth).toBeCloseTo(4, 12);
    expect(reachedDepth([4, 16], [1, 1.2], 1.5)).toEqual({ bound: 'least', depth: 16 });
    expect(reachedDepth([4, 16], [2, 2], 1.5)).toEqual({ bound: 'most', depth: 4 });
  });
});
