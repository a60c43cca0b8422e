import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import type { EffectiveRates, EffectiveRatesInput } from './effective-rates.ts';
import type { Homogeneity, HomogeneityInput } from './homogeneity.ts';
import { scaleInvariance } from './law.ts';
import type { FollowedWeight } from './lengths.ts';
import type { NormCourse, NormCourseInput } from './norm-course.ts';
import type { Orthogonality, OrthogonalityInput } from './orthogonality.ts';

/** How made-up results depart from theory, by default not at all. */
interface Departure {
  /** Cosine of what should be orthogonal. */
  readonly cosine?: number;
  /** Factor on the growth that updates explain. */
  readonly growth?: number;
  /** Exponent of the effective rate in the size of the weights; theory's is 2. */
  readonly size?: number;
  /** Exponent of the norm in equilibrium, over theory's. */
  readonly equilibrium?: number;
  /** Power of the norm in the squared gradient at ‖w‖ = 1, where norms still balance their own updates; theory's is 0. */
  readonly leaning?: number;
  /** Relative error of homogeneity. */
  readonly error?: number;
  /** A kind of experiment that failed. */
  readonly failed?: string;
}

const madeUp = (departure: Departure) =>
  madeUpEvidence(scaleInvariance, ({ kind, input }) => {
    if (kind === departure.failed) return null;
    switch (kind) {
      case 'orthogonality':
        return cosines(input as OrthogonalityInput, departure);
      case 'normCourse':
        return course(input as NormCourseInput, departure);
      case 'effectiveRates':
        return rates(input as EffectiveRatesInput, departure);
      default:
        return homogeneity(input as HomogeneityInput, departure);
    }
  });

const wobble = (net: number): number => 1 + 0.02 * Math.sin(net);

function cosines(input: OrthogonalityInput, { cosine = 5e-8 }: Departure): Orthogonality {
  const { stops, groups, seeds } = input;
  const rows = (size: number) =>
    [0, ...stops].map((_, i) => seeds.map((_, net) => size * wobble(net + i)));
  const entries = Object.keys(groups).map(
    (name) => [name, rows(name === 'normed' || name === 'stream' ? cosine : 0.2)] as const,
  );
  return { cosines: Object.fromEntries(entries) };
}

/** Norms by the limits of small steps, with G = 1e-4 and U² = 1024. */
function course(
  input: NormCourseInput,
  { growth = 1, equilibrium = 1, leaning = 0 }: Departure,
): NormCourse {
  const { optimizer, settings, steps, every, seeds } = input;
  const times = Array.from({ length: steps / every + 1 }, (_, i) => i * every);
  const weightOf = (setting: Readonly<Record<string, number>>, net: number): FollowedWeight => {
    const { learningRate: eta = 0, weightDecay: lambda = 0 } = setting;
    const ratio = eta / (lambda * (2 - eta * lambda));
    // ‖w‖⁴ = ratio G with G ∝ ‖w‖^(2 leaning).
    const square = optimizer === 'sgd' ? (ratio * 1e-4) ** (1 / (2 - leaning)) : ratio * 1024;
    const free = times.map((t) => Math.sqrt(1 + 2e-4 * eta ** 2 * t) * wobble(net));
    const update =
      optimizer === 'sgd' ? (eta ** 2 * 1e-4) / square ** (1 - leaning) : 1024 * eta ** 2;
    return {
      name: 'block1.end.weight',
      squares: lambda > 0 ? times.map(() => square) : free,
      growth: free.map((value) => growth * (value - (free[0] as number))),
      means: {
        square: (lambda > 0 ? square ** equilibrium : 1) * wobble(net) ** 0.1,
        update,
        product: lambda > 0 ? update * square : 1e-4 * eta ** 2,
        angle: Math.acos(1 - eta * lambda) ** 2,
      },
    };
  };
  return { weights: settings.map((setting) => seeds.map((_, net) => [weightOf(setting, net)])) };
}

function rates({ cells, seeds }: EffectiveRatesInput, { size = 2 }: Departure): EffectiveRates {
  return {
    losses: cells.map(({ scale, hiddenRate }) =>
      seeds.map(
        (seed) => 0.05 + 0.01 * (Math.log(hiddenRate / scale ** size) / 5) ** 2 * wobble(seed),
      ),
    ),
  };
}

function homogeneity(input: HomogeneityInput, { error = 3e-7 }: Departure): Homogeneity {
  const { factors, seeds } = input;
  return {
    ratios: factors.map((factor) => seeds.map((_, net) => factor * wobble(net))),
    errors: factors.map(() => seeds.map((_, net) => error * wobble(net))),
  };
}

const refuted = (departure: Departure): string[] =>
  findingOf(scaleInvariance, madeUp(departure))
    .claims.filter(({ verdict }) => verdict !== 'supported')
    .map(({ name }) => name);

describe('scale invariance', () => {
  it('holds where results follow theory', () => {
    const { verdict, claims, figures } = findingOf(scaleInvariance, madeUp({}));
    expect(claims.filter((claim) => claim.verdict !== 'supported')).toEqual([]);
    expect(verdict).toBe('supported');
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fails where gradients lean on the weights, and norms grow by more than their updates', () => {
    expect(refuted({ cosine: 1e-3 })).toHaveLength(2);
    expect(refuted({ growth: 1.01 })).toEqual([
      'Growth of the squared norm, over the sum of squared updates',
    ]);
  });

  it('fails where the effective rate is η/‖w‖', () => {
    expect(refuted({ size: 1 })).toEqual([
      'Difference of ln loss between nets with the same η/‖w‖²',
    ]);
  });

  it('fails where equilibrium has another exponent', () => {
    expect(refuted({ equilibrium: 1.2 })).toEqual([
      'Squared norm in equilibrium, over its prediction: SGD',
      'Exponent of the squared norm in η/λ: SGD',
      'Squared norm in equilibrium, over its prediction: signs',
      'Exponent of the squared norm in η/λ: signs',
    ]);
  });

  it('fails where the gradient knows of the norm, though every norm balances its own updates', () => {
    expect(refuted({ leaning: 0.3 })).toEqual([
      'Squared norm in equilibrium, over its prediction: SGD',
      'Exponent of the squared norm in η/λ: SGD',
    ]);
  });

  it('has nets as the units of its intervals', () => {
    const { claims } = findingOf(scaleInvariance, madeUp({}));
    const unitsOf = (name: RegExp) => claims.find((claim) => name.test(claim.name))?.test;
    expect(unitsOf(/^Cosine/)).toContain('over 64 nets');
    expect(unitsOf(/^Growth of the squared/)).toContain('over 16 nets');
  });

  it('keeps its other parts where one was not measured', () => {
    const whole = findingOf(scaleInvariance, madeUp({})).claims;
    const { claims } = findingOf(scaleInvariance, madeUp({ failed: 'homogeneity' }));
    expect(claims.map(({ name }) => name)).toEqual([
      ...whole.slice(0, -2).map(({ name }) => name),
      'Homogeneity',
    ]);
    expect(claims.at(-1)?.test).toBe('not measured');
  });

  it('fails where a net is not homogeneous, and is not measured where an experiment failed', () => {
    expect(refuted({ error: 1e-3 })).toHaveLength(2);
    const failed = findingOf(
      scaleInvariance,
      madeUpEvidence(scaleInvariance, () => null),
    );
    expect(failed.verdict).toBe('inconclusive');
  });
});
