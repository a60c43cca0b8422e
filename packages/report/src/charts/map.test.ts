import { describe, expect, it } from 'vitest';
import { mapChart } from './map.ts';
import { MAP_STEPS } from './palette.ts';

const cells = [0.1, 1, 10].flatMap((x) =>
  [1, 2, 4].map((y) => ({ x, y, value: y === 4 ? null : x * y })),
);
const chart = mapChart({
  x: { title: 'γ', scale: 'log10' },
  y: { title: 'η', scale: 'log2' },
  value: { title: 'loss', scale: 'log10' },
  cells,
});

describe('mapChart', () => {
  it('tiles the plane: areas of the cells add up to that of the panel, as the axes draw it', () => {
    const side = (a: unknown, b: unknown): number => Math.log(Number(b) / Number(a));
    const area = chart.rows.reduce(
      (sum, row) => sum + side(row.left, row.right) * side(row.bottom, row.top),
      0,
    );
    // Edges are kept to seven digits.
    expect(area).toBeCloseTo(Math.log(1000) * Math.log(8), 5);
  });

  it('keeps what diverged, apart from every value', () => {
    const diverged = chart.rows.filter(({ kind }) => kind === 'diverged');
    expect(diverged).toHaveLength(3);
    for (const row of diverged) expect(row).toMatchObject({ y: 4, value: null });
    const steps = chart.rows.flatMap(({ step }) => (typeof step === 'number' ? [step] : []));
    expect([Math.min(...steps), Math.max(...steps)]).toEqual([0, MAP_STEPS - 1]);
  });

  it('refuses a value that its colours cannot hold', () => {
    expect(() =>
      mapChart({
        x: { title: 'x' },
        y: { title: 'y' },
        value: { title: 'loss', scale: 'log10' },
        cells: [{ x: 0, y: 0, value: -1 }],
      }),
    ).toThrow('unusable value: -1 on a log10 axis');
  });
});
