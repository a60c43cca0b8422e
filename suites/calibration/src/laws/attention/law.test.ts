import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { loadTask, randomStream } from '@hyperlaw/tasks';
import { attentionUpdate, logitExponent, logitMoments } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { attention } from './law.ts';
import { attentionLogits, type Logits, type LogitsInput } from './logits.ts';
import { bytes, HEAD_SIZE } from './plan.ts';
import { tokenBatches } from './tokens.ts';

/** What is added to powers of the width in made-up results, and a factor on logits at initialization. */
const theory = { initial: 1, change: 0, spread: 0 };
type Departures = typeof theory;

function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  randomStream({ seed, role: 'noise' }).fillNormal(0, out);
  return [...out];
}

const madeUp = (departures: Departures) =>
  madeUpEvidence(attention, ({ input }) => logits(input as LogitsInput, departures));

function logits(input: LogitsInput, departures: Departures): Logits {
  const { heads, headSize, logitScale, optimizer, trained, seeds } = input;
  const width = heads * headSize;
  const scale = { sqrt: 1 / 2, inverse: 1 }[logitScale];
  const scaling = { scale, grow: headSize === HEAD_SIZE ? 'head-count' : 'head-size' } as const;
  const values = trained === 'all' ? 'aligned' : 'random';
  const change = attentionUpdate(scaling, optimizer, values).logits + departures.change;
  const spread = logitExponent(scaling) + departures.spread;
  const { variance, excessKurtosis } = logitMoments({ headSize, scale });
  const around = (value: number, salt: number) =>
    normals(width + 10 * headSize + salt, seeds.length).map((z) => value * Math.exp(0.05 * z));
  return {
    initial: around(departures.initial * Math.sqrt(variance), 1),
    initialFourth: around((3 + excessKurtosis) * variance ** 2, 2),
    change: around(1e-3 * width ** change, 3),
    final: around(1, 4),
    spread: around(width ** spread, 5),
  };
}

const verdicts = (departures: Departures, of: RegExp) =>
  findingOf(attention, madeUp(departures))
    .claims.filter(({ name }) => of.test(name))
    .map(({ verdict }) => verdict);

describe('attention', () => {
  it('holds where results follow theory', () => {
    const { claims, figures } = findingOf(attention, madeUp(theory));
    expect(claims).toHaveLength(18);
    expect(claims.filter(({ verdict }) => verdict !== 'supported')).toEqual([]);
    for (const { chart } of figures) expect(() => chart.spec('wide')).not.toThrow();
  });

  it('fails where logits are a tenth too large', () => {
    expect(verdicts({ ...theory, initial: 1.1 }, /^Variance of logits/)).toEqual(['refuted']);
  });

  it('fails where changes and differences have another power of the width', () => {
    const changes = verdicts({ ...theory, change: 0.5 }, /change/);
    expect(changes).toEqual(Array(11).fill('refuted'));
    const spreads = verdicts({ ...theory, spread: 0.5 }, /differ between heads/);
    expect(spreads).toEqual(Array(3).fill('refuted'));
  });

  it('keeps its other part where one was not measured', () => {
    const failed = madeUpEvidence(attention, ({ input }) =>
      (input as LogitsInput).trained === 'all' ? null : logits(input as LogitsInput, theory),
    );
    const { claims, verdict } = findingOf(attention, failed);
    expect(verdict).toBe('inconclusive');
    expect(claims.filter((claim) => claim.verdict === 'supported')).toHaveLength(12);
  });
});

describe('what is measured', () => {
  const input: LogitsInput = {
    ...{ task: bytes, optimizer: 'sgd', heads: 2, headSize: 8, logitScale: 'sqrt', baseWidth: 16 },
    ...{ learningRate: 1e-3, steps: 1, trained: 'queries-and-keys', context: 4, batch: 1 },
    seeds: [1, 2],
  };

  it('is proportional to the rate, so that a step is a small one', async () => {
    const small = await attentionLogits(input, cpuLaboratory());
    const double = await attentionLogits({ ...input, learningRate: 2e-3 }, cpuLaboratory());
    expect(double.initial).toEqual(small.initial);
    double.change.forEach((change, seed) => {
      // Second order in the rate, and differences of float32 numbers.
      expect(change / (small.change[seed] as number)).toBeCloseTo(2, 2);
    });
  });

  it('shows each net examples of its own, whatever nets are beside it', async () => {
    const two = { ...input, batch: 4 };
    const together = await attentionLogits(two, cpuLaboratory());
    const alone = await attentionLogits({ ...two, seeds: [2] }, cpuLaboratory());
    expect((together.initial[1] as number) / (alone.initial[0] as number)).toBeCloseTo(1, 5);
    // Differences of float32 numbers.
    expect((together.change[1] as number) / (alone.change[0] as number)).toBeCloseTo(1, 2);
  });

  it('reads each token’s successor as its target', async () => {
    const stream = (await loadTask(bytes, { data: '/nowhere' })).stream(0, 'train');
    const { x, y } = tokenBatches([stream], 3, 5).feed(2, 4);
    expect(x?.length).toBe(4 * 3 * 5);
    for (let i = 0; i < 60; i++) if (i % 5 < 4) expect(y?.[i]).toBe(x?.[i + 1]);
  });
});
