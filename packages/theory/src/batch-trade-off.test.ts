import { describe, expect, it } from 'vitest';
import { criticalBatchSize, fitBatchTradeOff, tradeOffAt } from './batch-trade-off.ts';
import { normalSource } from './testing/random.ts';

const law = { minimumSteps: 120, minimumExamples: 9000 };
const batches = [4, 8, 16, 32, 64, 128, 256, 512];

describe('the trade-off of steps and examples', () => {
  it('is the hyperbola, and costs twice either minimum at the critical batch', () => {
    for (const batchSize of batches) {
      const { steps, examples } = tradeOffAt(law, batchSize);
      expect(examples / steps).toBeCloseTo(batchSize, 9);
      expect((steps / 120 - 1) * (examples / 9000 - 1)).toBeCloseTo(1, 12);
    }
    expect(tradeOffAt(law, criticalBatchSize(law))).toEqual({ steps: 240, examples: 18_000 });
  });

  it('is recovered from its points', () => {
    const fit = fitBatchTradeOff(batches.map((batchSize) => tradeOffAt(law, batchSize)));
    // The minimiser places ln B_crit to about 1e-8.
    expect(fit.minimumSteps / 120).toBeCloseTo(1, 6);
    expect(fit.minimumExamples / 9000).toBeCloseTo(1, 6);
    expect(fit.criticalBatchSize).toBeCloseTo(75, 4);
    expect(fit.relativeError).toBeLessThan(1e-7);
  });

  it('is recovered from noisy points to the size of the noise', () => {
    const normal = normalSource(8);
    const points = batches.map((batchSize) => {
      const steps = tradeOffAt(law, batchSize).steps * Math.exp(0.03 * normal());
      return { steps, examples: steps * batchSize };
    });
    const fit = fitBatchTradeOff(points);
    // Eight points with 3 % noise fix both ends to about 2 %; three times that.
    expect(Math.abs(Math.log(fit.minimumSteps / 120))).toBeLessThan(0.06);
    expect(Math.abs(Math.log(fit.minimumExamples / 9000))).toBeLessThan(0.06);
  });

  it('refuses too little and unusable data', () => {
    const point = { steps: 1, examples: 2 };
    expect(() => fitBatchTradeOff([point, point])).toThrow('too few points: 2 (3 or more)');
    expect(() => fitBatchTradeOff([point, point, { steps: 0, examples: 1 }])).toThrow(
      /^unusable point: 0 steps/,
    );
  });
});
