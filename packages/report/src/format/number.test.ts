import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatCount,
  formatInterval,
  formatNumber,
  formatPValue,
  formatSeconds,
  powerLabel,
} from './number.ts';

describe('numbers in words', () => {
  it('keeps as many decimals as the interval warrants', () => {
    expect(formatInterval(-0.42, [-0.46, -0.38])).toBe('−0.42 [−0.46, −0.38]');
    expect(formatInterval(0.0123, [0.0119, 0.0127])).toBe('0.0123 [0.0119, 0.0127]');
    expect(formatInterval(-0.0004, [-0.012, 0.011])).toBe('0.000 [−0.012, 0.011]');
    expect(formatInterval(1234, [1100, 1400])).toBe('1234 [1100, 1400]');
    // 39 of 40 is 97.5 %, which is 98 % elsewhere on a page.
    expect(formatInterval(39 / 40, [0.8684, 0.9994])).toBe('0.98 [0.87, 1.00]');
    expect(formatInterval(2, null)).toBe('2');
  });

  it('bounds what is far below the decimals allowed, by its sign', () => {
    const most = { most: 3 };
    expect(formatInterval(-0.0003, [-0.0022, 0.0016], most)).toBe('> −0.001 [−0.002, 0.002]');
    expect(formatInterval(4e-7, [-1e-5, 2e-5], most)).toBe('< 0.001 [> −0.001, < 0.001]');
    expect(formatInterval(-0.42, [-0.46, -0.38], most)).toBe('−0.42 [−0.46, −0.38]');
  });

  it('writes powers, counts, p values and times as readers do', () => {
    expect(powerLabel(2, -13)).toBe('2⁻¹³');
    expect([
      formatNumber(0),
      formatNumber(3.1e13),
      formatNumber(1e-7),
      formatNumber(-0.25),
    ]).toEqual(['0', '3.1·10¹³', '10⁻⁷', '−0.25']);
    // A harm that doubles the loss, ones just short of that and of nothing, a gain.
    expect([1, 0.9978, 1e-9, Math.log2(1.05), -0.01, 1.35].map(formatChange)).toEqual([
      ...['+100 %', '+100 %', '+0.00 %', '+5.0 %', '−0.69 %', '+155 %'],
    ]);
    expect(formatCount(51234)).toBe('51,234');
    expect([0.00002, 0.0123, 0.64].map(formatPValue)).toEqual(['< 0.001', '0.012', '0.64']);
    expect([187, 1800, 36000].map(formatSeconds)).toEqual(['187 s', '30 min', '10 h']);
  });
});
