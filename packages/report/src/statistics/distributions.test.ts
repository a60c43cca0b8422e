import { describe, expect, it } from 'vitest';
import {
  betaCumulative,
  betaQuantile,
  normalCumulative,
  normalQuantile,
  studentCritical,
  studentTwoSided,
} from './distributions.ts';

describe('normal distribution', () => {
  it('has its published values', () => {
    expect(normalCumulative(0)).toBe(0.5);
    expect(normalCumulative(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCumulative(-3)).toBeCloseTo(0.0013498980316301, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 10);
  });
});

describe('beta distribution', () => {
  it('is the power x^a for b = 1 and symmetric for a = b', () => {
    expect(betaCumulative(0.3, 2.5, 1)).toBeCloseTo(0.3 ** 2.5, 13);
    expect(betaCumulative(0.5, 7, 7)).toBeCloseTo(0.5, 13);
    expect(betaCumulative(0.2, 3, 5) + betaCumulative(0.8, 5, 3)).toBeCloseTo(1, 13);
  });

  it('has a quantile that inverts it', () => {
    expect(betaCumulative(betaQuantile(0.07, 4, 9), 4, 9)).toBeCloseTo(0.07, 12);
  });
});

describe("Student's t", () => {
  it('has the critical values of its table', () => {
    expect(studentCritical(0.95, 1)).toBeCloseTo(12.706, 3);
    expect(studentCritical(0.95, 4)).toBeCloseTo(2.776, 3);
    expect(studentCritical(0.99, 9)).toBeCloseTo(3.25, 3);
  });

  it('tends to the normal distribution', () => {
    expect(studentTwoSided(1.96, 1e6)).toBeCloseTo(2 * normalCumulative(-1.96), 6);
  });
});
