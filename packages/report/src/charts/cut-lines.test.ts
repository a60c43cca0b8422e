import { describe, expect, it } from 'vitest';
import { cutLines } from './cut-lines.ts';
import { warpOf } from './warp.ts';

describe('cutLines', () => {
  it('breaks at divergence and cuts at the top where the drawn line crosses it', () => {
    const at = (x: number, y: number | null) => ({
      kind: y === null ? 'diverged' : 'trained',
      series: 8,
      x,
      y,
    });
    const rows = [at(1, 1000), at(4, 1), at(8, 1), at(16, null), at(32, 2)];
    const cut = cutLines(rows, 10, { x: warpOf({}, 'log2'), y: warpOf({}, 'log10') });
    expect(cut.map(({ y, piece }) => [y, piece])).toEqual([
      [10, 1],
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
    // Two thirds of the way down in log y, so two thirds of the way in log x.
    expect(cut[0]?.x).toBeCloseTo(4 ** (2 / 3), 12);
  });
});
