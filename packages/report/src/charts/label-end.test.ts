import { describe, expect, it } from 'vitest';
import { labelEnd } from './label-end.ts';

const label = { length: 60, top: 100, bottom: 112 };
const bar = (x: number, top: number) => ({ x, top, bottom: top + 40 });

describe('labelEnd', () => {
  it('stays at the right where no mark is at its height', () => {
    expect(labelEnd(label, [bar(180, 40), bar(180, 113)], 200)).toBe(200);
  });

  it('goes left of the bars in its way, as far as it must, and nowhere without room', () => {
    const end = labelEnd(label, [bar(180, 90), bar(140, 90)], 200) ?? 0;
    expect(end).toBeLessThan(140);
    expect(end).toBeGreaterThan(label.length);
    const bars = [20, 60, 100, 140, 180].map((x) => bar(x, 90));
    expect(labelEnd(label, bars.slice(3), 200)).toBe(end);
    expect(labelEnd(label, bars, 200)).toBeUndefined();
  });
});
