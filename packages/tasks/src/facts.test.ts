import { describe, expect, it } from 'vitest';
import { type FactsLaw, factFrequencies, factsTask, factTable } from './facts.ts';
import { loadTask } from './registry.ts';
import type { Split, Task } from './task.ts';

const law: FactsLaw = {
  ...{ kind: 'facts', symbols: 8, length: 3, facts: 100, exponent: 0.5 },
  ...{ noise: 0, codeDim: 4, instance: 3 },
};

function windows(task: Task, seed: number, split: Split, step: number, batch: number): Int32Array {
  const stream = task.stream(seed, split);
  if (stream.kind !== 'tokens') throw new Error('not a language');
  const out = new Int32Array(batch * (stream.context + 1));
  stream.fill(step, batch, out);
  return out;
}

describe('a language of facts', () => {
  it('is a pure function of law, seed, split and example', () => {
    const task = factsTask(law, 'a');
    const batch = windows(task, 1, 'train', 0, 64);
    expect(windows(factsTask(law, 'b'), 1, 'train', 0, 64)).toEqual(batch);
    // Batches are cut out of one stream of examples.
    expect(windows(task, 1, 'train', 3, 16)).toEqual(batch.slice(3 * 16 * 4));
    expect(windows(task, 1, 'test', 0, 64)).not.toEqual(batch);
    expect(windows(task, 2, 'train', 0, 64)).not.toEqual(batch);
  });

  it('gives facts distinct names and says each as often as its power law has it', () => {
    const { names, answers } = factTable(law);
    const spelt = Array.from({ length: law.facts }, (_, i) => names.slice(3 * i, 3 * i + 3).join());
    expect(new Set(spelt).size).toBe(law.facts);
    const n = 60_000;
    const all = windows(factsTask(law, 'a'), 5, 'train', 0, n);
    const counts = new Float64Array(law.facts);
    for (let e = 0; e < n; e++) {
      const fact = spelt.indexOf(all.slice(4 * e, 4 * e + 3).join());
      counts[fact] = (counts[fact] as number) + 1;
      expect(all[4 * e + 3]).toBe(answers[fact]);
    }
    const p = factFrequencies(law);
    expect((p[1] as number) / (p[0] as number)).toBeCloseTo(2 ** -1.5, 12);
    for (const [i, count] of counts.entries()) {
      const expected = n * (p[i] as number);
      // Five deviations of a Poisson count, and one for the least of them.
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1);
    }
  });

  it('holds out every fact as often as it should be said, to within a few', () => {
    const { names } = factTable(law);
    const spelt = Array.from({ length: law.facts }, (_, i) => names.slice(3 * i, 3 * i + 3).join());
    const n = 20_000;
    const p = factFrequencies(law);
    const [test, other] = [1, 2].map((seed) => windows(factsTask(law, 'a'), seed, 'test', 0, n));
    expect(test).not.toEqual(other);
    const counts = new Map<string, number>();
    for (let e = 0; e < n; e++) {
      const name = (test as Int32Array).slice(4 * e, 4 * e + 3).join();
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    // Multiples of the golden ratio miss an interval's length by at most some log n of n points; chance would by √n.
    for (const [i, name] of spelt.entries()) {
      expect(Math.abs((counts.get(name) ?? 0) - n * (p[i] as number))).toBeLessThan(6);
    }
  });

  it('leaves a model that knows its k most frequent facts with a power law of k', () => {
    const p = factFrequencies({ facts: 2 ** 20, exponent: 0.5 });
    const tail = (k: number) => p.slice(k).reduce((sum, each) => sum + each, 0);
    // Σ_{i>k} i^{−1.5} ≈ 2 k^{−½}, less what the language leaves out beyond its last fact, 2·2^{−10}.
    expect(Math.log2(tail(64) / tail(256))).toBeCloseTo(1, 1);
  });

  it('is known best by who knows its facts and its noise', () => {
    const noisy = factsTask({ ...law, noise: 0.3 }, 'a');
    const { names, answers } = factTable(law);
    const known = new Map(
      Array.from(answers, (answer, i) => [names.slice(3 * i, 3 * i + 3).join(), answer] as const),
    );
    const n = 40_000;
    const all = windows(noisy, 7, 'test', 0, n);
    const right = 0.7 + 0.3 / 8;
    let loss = 0;
    for (let e = 0; e < n; e++) {
      const hit = known.get(all.slice(4 * e, 4 * e + 3).join()) === all[4 * e + 3];
      loss -= Math.log(hit ? right : 0.3 / 8) / n;
    }
    const spread = Math.log(right / (0.3 / 8)) * Math.sqrt(right * (1 - right));
    expect(Math.abs(loss - (noisy.bestLoss as number))).toBeLessThan((5 * spread) / Math.sqrt(n));
    expect(factsTask(law, 'a').bestLoss).toBe(0);
    expect(factsTask({ ...law, noise: 1 }, 'a').bestLoss).toBeCloseTo(Math.log(8), 12);
  });

  it('refuses what it cannot be', async () => {
    const load = (change: Partial<FactsLaw>) =>
      loadTask({ ...law, ...change }, { data: '/nowhere' });
    await expect(load({ facts: 513 })).rejects.toThrow(/^unknown facts: 513 \(at most 512: /);
    await expect(load({ symbols: 64, length: 6 })).rejects.toThrow(/^unknown length: 6 /);
    await expect(load({ exponent: 0 })).rejects.toThrow(/^unknown exponent: 0 /);
    await expect(
      loadTask({ kind: 'finite', of: law as never, samples: 4 }, { data: '/nowhere' }),
    ).rejects.toThrow(/^unknown law of a finite task: facts /);
    const stream = factsTask(law, 'a').stream(0, 'train');
    if (stream.kind !== 'tokens') throw new Error('not a language');
    expect(() => stream.fill(0, 4, new Int32Array(15))).toThrow('batch does not fit: 15 tokens');
  });
});
