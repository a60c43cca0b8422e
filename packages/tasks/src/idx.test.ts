import { describe, expect, it } from 'vitest';
import { parseIdx } from './idx.ts';

const file = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

describe('parseIdx', () => {
  it('reads shape and values', () => {
    const { shape, values } = parseIdx(Uint8Array.from(file), 'a');
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses every truncation, and bytes beyond the end, in one line that names the file', () => {
    for (let length = 0; length < file.length; length++) {
      const read = () => parseIdx(Uint8Array.from(file.slice(0, length)), 'some.gz');
      expect(read).toThrow(/^(truncated file|not an idx file of bytes): some\.gz[^\n]*$/);
    }
    expect(() => parseIdx(Uint8Array.from([...file, 7]), 'some.gz')).toThrow(
      'damaged file: some.gz (19 bytes where 18 are announced)',
    );
  });

  it('refuses what is no idx file', () => {
    const page = new TextEncoder().encode('<html><b>not found</b></html>');
    expect(() => parseIdx(page, 'some.gz')).toThrow('not an idx file of bytes: some.gz');
  });
});
