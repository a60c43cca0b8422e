import { describe, expect, it } from 'vitest';
import { lossRecord } from './loss-record.ts';

describe('a loss record', () => {
  it('keeps at most 64 points, the last at the last step, whose means add up to the mean of all', () => {
    const steps = 1000;
    const record = lossRecord(1, steps);
    const losses = Float32Array.from({ length: steps }, (_, i) => 1 / (i + 1));
    for (let at = 0; at < steps; at += 70) record.add(losses.subarray(at, at + 70));
    const curve = record.curve(0);
    expect(curve.length).toBeLessThanOrEqual(64);
    expect(curve.at(-1)?.[0]).toBe(steps);
    let from = 0;
    let sum = 0;
    for (const [step, mean] of curve) {
      sum += mean * (step - from);
      from = step;
    }
    // Points are rounded to five digits.
    expect(sum / losses.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  });

  it('says when a lane stopped being finite, and keeps the others', () => {
    const record = lossRecord(2, 4);
    record.add(Float32Array.of(1, 1, 2, Number.POSITIVE_INFINITY, 3, Number.NaN, 4, 5));
    expect(record.divergedAt(0)).toBeNull();
    expect(record.divergedAt(1)).toBe(1);
    expect(record.allDiverged).toBe(false);
    expect(record.curve(0).map(([step]) => step)).toEqual([1, 2, 3, 4]);
    expect(record.curve(1)).toEqual([[1, 1]]);
  });
});
