import { describe, expect, it } from 'vitest';
import { type KeyGroup, keyWidth, layKey } from './key.ts';

const groups: readonly KeyGroup[] = [
  {
    entries: ['theory', 'infinite width', 'measured, with interval'].map((label) => ({
      glyph: 'line',
      label,
      colour: 'red',
    })),
  },
  {
    title: 'width',
    entries: [8, 16, 32, 64, 128, 256, 512].map((width) => ({
      glyph: 'series',
      label: String(width),
      colour: 'red',
    })),
  },
];

describe('layKey', () => {
  it('places every item once, without overlap, inside any width', () => {
    for (const width of [200, 266, 400, 652]) {
      const places = layKey(groups, width);
      expect(places).toHaveLength(11);
      places.forEach(({ x, row, item }, i) => {
        expect(x + keyWidth(item)).toBeLessThanOrEqual(width);
        const next = places[i + 1];
        if (next?.row === row) expect(next.x).toBeGreaterThan(x + keyWidth(item));
        else if (next) expect([next.x, next.row]).toEqual([0, row + 1]);
      });
    }
  });
});
