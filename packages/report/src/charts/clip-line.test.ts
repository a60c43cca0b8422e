import { describe, expect, it } from 'vitest';
import { type Box, clipBand, clipLine } from './clip-line.ts';
import { warpOf } from './warp.ts';

const linear = warpOf({}, 'linear');
const log = warpOf({}, 'log10');
const unit: Box = { x: [0, 1], y: [0, 1], warps: { x: linear, y: linear } };

describe('clipLine', () => {
  it('leaves a line inside as it is', () => {
    const line = [
      [0, 0],
      [0.5, 1],
      [1, 0.25],
    ] as const;
    expect(clipLine(line, unit)).toEqual([line]);
  });

  it('cuts where the drawn line leaves, and starts a new piece where it comes back', () => {
    const pieces = clipLine(
      [
        [0, 0.5],
        [0.5, 1.5],
        [1, 0.5],
      ],
      unit,
    );
    expect(pieces).toEqual([
      [
        [0, 0.5],
        [0.25, 1],
      ],
      [
        [0.75, 1],
        [1, 0.5],
      ],
    ]);
  });

  it('cuts a power law on logarithmic axes where it crosses, and breaks at nulls and poles', () => {
    const box: Box = { x: [1, 100], y: [1, 10], warps: { x: log, y: log } };
    const [piece = []] = clipLine(
      [
        [1, 1],
        [100, 100],
      ],
      box,
    );
    expect(piece[1]?.[0]).toBeCloseTo(10, 9);
    for (const gap of [null, 0, Number.POSITIVE_INFINITY]) {
      const broken = clipLine(
        [
          [1, 2],
          [2, 2],
          [3, gap],
          [4, 2],
          [5, 2],
        ],
        box,
      );
      expect(broken).toHaveLength(2);
    }
  });

  it('draws nothing of a line that stays outside', () => {
    expect(
      clipLine(
        [
          [0, 2],
          [1, 3],
        ],
        unit,
      ),
    ).toEqual([]);
  });
});

describe('clipBand', () => {
  it('cuts at the sides by interpolation and levels at top and bottom', () => {
    expect(
      clipBand(
        [
          [-1, 0, 2],
          [1, 0.5, 0.75],
          [3, 0.5, 0.75],
        ],
        { ...unit, x: [0, 2] },
      ),
    ).toEqual([
      [0, 0.25, 1],
      [1, 0.5, 0.75],
      [2, 0.5, 0.75],
    ]);
  });
});
