import { expect, it } from 'vitest';
import { studentCritical } from './student-critical.ts';

it('gives the tabulated values, and the normal law in the limit', () => {
  // Tables print so many digits.
  expect(studentCritical(0.95, 1)).toBeCloseTo(12.706, 3);
  expect(studentCritical(0.95, 4)).toBeCloseTo(2.776, 3);
  expect(studentCritical(0.99, 10)).toBeCloseTo(3.169, 3);
  expect(studentCritical(0.95, 1e9)).toBeCloseTo(1.959964, 6);
});

it('inverts the closed forms at one and two degrees of freedom, and lies between them', () => {
  for (const level of [0.5, 0.8, 0.999]) {
    expect(studentCritical(level, 1) / Math.tan((Math.PI * level) / 2)).toBeCloseTo(1, 10);
    const tail = (1 - level ** 2) / 2;
    expect(studentCritical(level, 2) / (level / Math.sqrt(tail))).toBeCloseTo(1, 10);
    expect(studentCritical(level, 1.5)).toBeLessThan(studentCritical(level, 1));
    expect(studentCritical(level, 1.5)).toBeGreaterThan(studentCritical(level, 2));
  }
});

it('refuses what is no level', () => {
  expect(() => studentCritical(1, 3)).toThrow(/^unknown quantile: level 1/);
});
