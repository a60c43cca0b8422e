import { randomStream } from '@hyperlaw/tasks';
import { descentLoss, kernelMatrices, type LeastSquares } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import type { KernelMoments, KernelMomentsInput } from './kernel-moments.ts';
import { deviationsOf } from './kernels.ts';
import { gradientFlow } from './law.ts';
import type { DescentInput, Descents } from './measure.ts';

/** Exponents that made-up results follow; theory's are 1, −1 and −1. */
interface Exponents {
  readonly rate: number;
  readonly width: number;
  readonly kernel: number;
}
const theory: Exponents = { rate: 1, width: -1, kernel: -1 };

function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  randomStream({ seed, role: 'noise' }).fillNormal(0, out);
  return [...out];
}

function madeUp(exponents: Exponents) {
  return madeUpEvidence(gradientFlow, ({ kind, input }) => {
    if (kind === 'kernelMoments') return kernels(input as KernelMomentsInput, exponents);
    const descent = input as DescentInput;
    return descent.rates.length > 1 ? flow(descent, exponents) : widths(descent, exponents);
  });
}

/** Descent on quadratics; of whole nets ln loss departs from flow as a power of the rate. */
function flow({ trained, rates, points, seeds }: DescentInput, { rate }: Exponents): Descents {
  const quadratics = seeds.map((seed): LeastSquares => {
    const initialErrors = normals(seed, 3);
    return { eigenvalues: [10, 2, 0.3], initialErrors, floor: 0.01 };
  });
  const { learningRate: largest } = rates[0] as { learningRate: number };
  const lossAt = (quadratic: LeastSquares, learningRate: number, i: number, every: number) => {
    if (trained === 'readout' && rate === theory.rate) {
      return quadratic.floor + descentLoss(quadratic, { learningRate, steps: i * every });
    }
    const time = (i * largest) / (points * largest);
    const slope = 0.3 + 0.05 * (quadratic.initialErrors[0] as number);
    return Math.exp(-2 * time - slope * time * (learningRate / largest) ** rate);
  };
  const curves = rates.map(({ learningRate, every }) =>
    quadratics.map((quadratic) =>
      Array.from({ length: points + 1 }, (_, i) => lossAt(quadratic, learningRate, i, every)),
    ),
  );
  return { curves, quadratics: trained === 'readout' ? quadratics : [] };
}

/** ln loss at width n is off by 3/n, and initializations spread by 0.1/√n: less than real ones do, so that few decide. */
function widths({ model, points, seeds }: DescentInput, { width }: Exponents): Descents {
  const curves = seeds.map((seed) => {
    const [noise = 0] = normals(seed, 1);
    const level = 3 * model.width ** width + (0.1 * noise) / Math.sqrt(model.width);
    return Array.from({ length: points + 1 }, (_, i) => Math.exp(-i / points + (i && level)));
  });
  return { curves: [curves], quadratics: [] };
}

/** Entries off by K/3n in the mean and spread by K/√n; with one hidden layer by what theory says is known. */
function kernels(input: KernelMomentsInput, { kernel }: Exponents): KernelMoments {
  const { net, width, inputs, blocks, seed } = input;
  const limits = kernelMatrices(net, inputs);
  const pairs = inputs.flatMap((_, i) => Array.from({ length: i + 1 }, (_, j) => [i, j] as const));
  const own = { nngp: 5, ntk: 2 };
  const moments = (kind: 'nngp' | 'ntk') =>
    Array.from({ length: blocks }, (_, block) => {
      const noise = normals(seed + block, 2 * pairs.length);
      const bias = net.layers === 2 ? 0 : width ** kernel / 3;
      const mean = pairs.map(([i, j], k) => {
        const limit = limits[kind][i]?.[j] as number;
        return limit * (1 + bias * (1 + 0.05 * (noise[k] as number)));
      });
      return {
        mean,
        square: mean.map((value, k) => {
          const [i, j] = pairs[k] as readonly [number, number];
          const limit = limits[kind][i]?.[j] as number;
          const spread =
            own[kind] * width ** kernel * (1 + 0.1 * (noise[pairs.length + k] as number));
          return 2 * limit * value - limit ** 2 + spread * limit ** 2;
        }),
      };
    });
  return { nngp: moments('nngp'), ntk: moments('ntk') };
}

const verdicts = (exponents: Exponents, of: RegExp) =>
  findingOf(gradientFlow, madeUp(exponents))
    .claims.filter(({ name }) => of.test(name))
    .map(({ verdict }) => verdict);

describe('gradient flow and other limits', () => {
  it('hold where results follow theory', () => {
    const { claims, figures } = findingOf(gradientFlow, madeUp(theory));
    // The size of made-up squared deviations is not that of one hidden layer.
    const known = claims.filter(({ name }) => !name.includes('exact value'));
    expect(known).toHaveLength(15);
    expect(known.filter(({ verdict }) => verdict !== 'supported')).toEqual([]);
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fail where the error in the rate is of another order', () => {
    expect(verdicts({ ...theory, rate: 0.5 }, /^Exponent in η/)).toEqual(['refuted', 'refuted']);
  });

  it('fail where the error in width falls as its root', () => {
    expect(verdicts({ ...theory, width: -0.5 }, /^Exponent in width n/)).toEqual(['refuted']);
  });

  it('fail where kernels tend to their limits as the root of width', () => {
    const wrong = verdicts({ ...theory, kernel: -0.5 }, /^Exponent in width of/);
    expect(wrong).toEqual(Array(8).fill('refuted'));
  });

  it('are not measured where an experiment failed', () => {
    const failed = madeUpEvidence(gradientFlow, () => null);
    const { verdict, text } = findingOf(gradientFlow, failed);
    expect(verdict).toBe('inconclusive');
    expect(text[0]).toMatch(/^This law could not be measured: .* out of memory/);
  });

  it('keep what was measured where a net diverged or an experiment failed', () => {
    const diverged = madeUpEvidence(gradientFlow, ({ name, kind, input }) => {
      if (name === 'gradient-flow width 16, group 0') return null;
      if (kind === 'kernelMoments') return kernels(input as KernelMomentsInput, theory);
      const descent = input as DescentInput;
      if (descent.rates.length === 1) return widths(descent, theory);
      const { curves, quadratics } = flow(descent, theory);
      return {
        curves: curves.map((own, r) => (r === 0 ? own.map(() => [null]) : own)),
        quadratics,
      };
    });
    const { claims } = findingOf(gradientFlow, diverged);
    const missing = claims.filter(({ effect }) => effect === null);
    expect(missing.map(({ note }) => note)).toEqual([
      'readout of a ReLU net diverged at the rate 0.1',
      'gradient-flow width 16, group 0: out of memory',
    ]);
  });
});

it('the squared deviation is that of the whole matrix, relative to its limit', () => {
  for (const { squared, hidden, width, kind } of deviationsOf(madeUp(theory)).found) {
    const spread = (kind === 'nngp' ? 5 : 2) / width;
    const mean = squared.reduce((a, b) => a + b, 0) / squared.length;
    // Made-up entries spread by 10 % each, over 15 entries and 40 blocks.
    expect(mean / spread, `${kind} ${hidden} ${width}`).toBeCloseTo(1, 1);
  }
});
