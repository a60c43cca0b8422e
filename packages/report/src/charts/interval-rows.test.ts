import { describe, expect, it } from 'vitest';
import { rowLayout } from './interval-rows.ts';
import { textEms } from './text-width.ts';

describe('rowLayout', () => {
  it('sets a label and its numbers on one line of a phone only where every row has room for both', () => {
    const words = '−0.42 [−0.46, −0.38]';
    const short = { label: 'teacher', words };
    const long = { label: 'standardised weights (ReLU teacher, depth 12)', words };
    const { lines, width } = rowLayout([short, short], 'narrow');
    expect(lines).toBe(1);
    expect(11.5 * textEms(long.label + words)).toBeGreaterThan(width);
    expect(rowLayout([short, long], 'narrow')).toMatchObject({ lines: 2, width });
  });
});
