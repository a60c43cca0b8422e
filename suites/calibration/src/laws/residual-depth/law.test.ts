import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { randomStream } from '@hyperlaw/tasks';
import { depthExponents, streamGrowth } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { type FirstStep, type FirstStepInput, firstStep } from './first-step.ts';
import { residualDepth } from './law.ts';
import { exponents, GAIN } from './nets.ts';
import type { DepthSweep, DepthSweepInput } from './rate-sweep.ts';
import { type StreamSizes, type StreamSizesInput, streamSizes } from './stream-sizes.ts';
import { teacher } from './updates.ts';

/** What is added to powers of depth in made-up results, and the gain of branches. */
const theory = { gain: GAIN, update: 0, drift: 0 };
type Departures = typeof theory;

function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  randomStream({ seed, role: 'noise' }).fillNormal(0, out);
  return [...out];
}

const madeUp = (departures: Departures) =>
  madeUpEvidence(residualDepth, ({ kind, input }) => {
    switch (kind) {
      case 'streamSizes':
        return sizes(input as StreamSizesInput, departures);
      case 'firstStep':
        return steps(input as FirstStepInput, departures);
      default:
        return sweep(input as DepthSweepInput, departures);
    }
  });

function sizes({ rule, depth, nets, seed }: StreamSizesInput, { gain }: Departures): StreamSizes {
  const mean = streamGrowth({ depth, exponent: exponents[rule], gain });
  return { ratios: normals(seed, nets).map((z) => mean * (1 + 0.1 * z)) };
}

function steps(
  { optimizer, rules, depth, seeds }: FirstStepInput,
  departures: Departures,
): FirstStep {
  const rates = { none: 0, inverse: 0, sqrt: optimizer === 'sgd' ? 0 : -1 / 2 } as const;
  const table = (measure: 'stream' | 'block') =>
    rules.map((rule) => {
      const rateExponent = rule === 'completep' ? Number(optimizer === 'sgd') : rates[rule];
      const options = { exponent: exponents[rule], rateExponent, steps: optimizer };
      const power = depthExponents(options)[measure] + departures.update;
      const noise = normals(depth + 7 * (seeds[0] as number), seeds.length);
      return noise.map((z) => 1e-3 * depth ** power * Math.exp(0.1 * z));
    });
  return { stream: table('stream'), block: table('block') };
}

/** Parabolas in log rate around an optimum that moves with depth. */
function sweep(
  { rule, depth, baseDepth, rates, seeds }: DepthSweepInput,
  departures: Departures,
): DepthSweep {
  const drift = (rule === 'none' ? -1 / 2 : 0) + departures.drift;
  const best = -7.2 + drift * Math.log2(depth / baseDepth);
  return {
    losses: rates.map((rate, r) =>
      normals(1000 * depth + r, seeds.length).map(
        (z) => 2.7 + 0.05 * (Math.log2(rate) - best) ** 2 + 0.01 * z,
      ),
    ),
  };
}

const verdicts = (departures: Departures, of: RegExp) =>
  findingOf(residualDepth, madeUp(departures))
    .claims.filter(({ name }) => of.test(name))
    .map(({ verdict }) => verdict);

describe('residual depth', () => {
  it('holds where results follow theory', () => {
    const { claims, figures } = findingOf(residualDepth, madeUp(theory));
    expect(claims).toHaveLength(16);
    expect(claims.filter(({ verdict }) => verdict !== 'supported')).toEqual([]);
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fails where branches are a quarter too strong', () => {
    const wrong = verdicts({ ...theory, gain: 1.25 }, /^Stream growth.*√L$|^Log of the stream/);
    expect(wrong).toEqual(['refuted', 'refuted']);
  });

  it('fails where changes have another power of depth', () => {
    const wrong = verdicts({ ...theory, update: 0.25 }, /^Power of L/);
    expect(wrong).toEqual(Array(10).fill('refuted'));
  });

  it('fails where best rates travel by a half more', () => {
    expect(verdicts({ ...theory, drift: 0.5 }, /^Drift/)).toEqual(Array(3).fill('refuted'));
  });

  it('keeps its other parts where one was not measured', () => {
    const failed = madeUpEvidence(residualDepth, ({ kind, input }) => {
      return kind === 'streamSizes'
        ? null
        : kind === 'firstStep'
          ? steps(input as FirstStepInput, theory)
          : sweep(input as DepthSweepInput, theory);
    });
    const { verdict, claims } = findingOf(residualDepth, failed);
    expect(verdict).toBe('inconclusive');
    expect(claims.filter((claim) => claim.verdict === 'supported')).toHaveLength(13);
    expect(
      findingOf(
        residualDepth,
        madeUpEvidence(residualDepth, () => null),
      ).verdict,
    ).toBe('inconclusive');
  });
});

describe('what is measured', () => {
  it('is the growth of the stream that the gain predicts, of one block to a few per cent', async () => {
    const { ratios } = await streamSizes(
      { rule: 'none', width: 64, depth: 1, inputs: 4, nets: 32, atATime: 16, seed: 4 },
      cpuLaboratory(),
    );
    expect(ratios).toHaveLength(32);
    // A net's growth scatters by about √(6/64).
    const mean = ratios.reduce((sum, x) => sum + x, 0) / ratios.length;
    expect(Math.abs(mean - 2)).toBeLessThan(4 * Math.sqrt(6 / 64 / 32));
  });

  it('is proportional to the rate, so that a step is a small one', async () => {
    const input: FirstStepInput = {
      ...{ task: teacher, optimizer: 'sgd', rules: ['sqrt'], width: 16, depth: 4 },
      ...{ learningRate: 1e-4, batch: 32, seeds: [3] },
    };
    const small = await firstStep(input, cpuLaboratory());
    const double = await firstStep({ ...input, learningRate: 2e-4 }, cpuLaboratory());
    for (const measure of ['stream', 'block'] as const) {
      const ratio = (double[measure][0]?.[0] ?? 0) / (small[measure][0]?.[0] ?? 1);
      // Second order in the rate, and differences of float32 numbers.
      expect(ratio).toBeCloseTo(2, 2);
    }
  });

  it('shows each net a batch of its own, whatever nets are beside it', async () => {
    const input: FirstStepInput = {
      ...{ task: teacher, optimizer: 'adam', rules: ['sqrt', 'completep'], width: 16, depth: 4 },
      ...{ learningRate: 1e-4, batch: 16, seeds: [3, 4] },
    };
    const together = await firstStep(input, cpuLaboratory());
    const alone = await firstStep({ ...input, seeds: [4] }, cpuLaboratory());
    // Changes of 1e-4 are differences of float32 numbers.
    for (const measure of ['stream', 'block'] as const) {
      for (const rule of [0, 1]) {
        const ratio = (together[measure][rule]?.[1] ?? 0) / (alone[measure][rule]?.[0] ?? 1);
        expect(ratio).toBeCloseTo(1, 3);
      }
    }
  });

  it('resamples no fewer seeds than a bootstrap needs', () => {
    const sweeps = residualDepth
      .plan('standard', [])
      .filter(({ kind }) => kind === 'depthSweep')
      .map(({ input }) => (input as DepthSweepInput).seeds.length);
    expect(Math.min(...sweeps)).toBeGreaterThanOrEqual(5);
  });
});
