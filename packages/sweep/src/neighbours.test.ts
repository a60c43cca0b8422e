import { describe, expect, it } from 'vitest';
import type { Arm } from './arm.ts';
import { checkNeighbours, neighboursOn } from './neighbours.ts';
import { landscapeArm } from './testing/landscape.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => landscapeArm(name, { best: {} })) as [
  Arm,
  Arm,
  Arm,
  Arm,
];
const names = (arms: readonly Arm[]) => arms.map(({ name }) => name).sort();

describe('neighbours on ladders', () => {
  it('are the next on either side, on every ladder that an arm stands on', () => {
    const neighbours = neighboursOn([[a, b, c], [d, b], [d]]);
    expect(names(neighbours(a))).toEqual(['b']);
    expect(names(neighbours(b))).toEqual(['a', 'c', 'd']);
    expect(names(neighbours(d))).toEqual(['b']);
    expect(() => checkNeighbours([a, b, c, d], neighbours)).not.toThrow();
  });

  it('have no direction', () => {
    const up = neighboursOn([[a, b, c, d]]);
    const down = neighboursOn([[d, c, b, a]]);
    for (const arm of [a, b, c, d]) expect(names(down(arm))).toEqual(names(up(arm)));
  });

  it('are none of an arm on no ladder', () => {
    expect(neighboursOn([[a, b]])(c)).toEqual([]);
  });
});

describe('checkNeighbours', () => {
  const beside = (...pairs: readonly (readonly [Arm, Arm])[]) => {
    return (arm: Arm) => pairs.flatMap(([one, other]) => (one === arm ? [other] : []));
  };
  const with_ = (space: Arm['space']) => ({ ...b, space });

  it.each([
    ['itself', [a], beside([a, a]), 'unknown neighbour: a of a (another arm of the sweep)'],
    ['no arm of the sweep', [a], beside([a, b]), 'unknown neighbour: b of a (another arm of'],
    ['one-sided', [a, b], beside([a, b]), 'one-sided neighbour: b of a (each of the other)'],
  ])('refuses one that is %s', (_, arms, neighbours, message) => {
    expect(() => checkNeighbours(arms, neighbours)).toThrow(message);
  });

  it.each([
    ['fewer knobs', a.space.slice(0, 2)],
    ['knobs in another order', [...a.space].reverse()],
    ['another step', a.space.map((knob) => ({ ...knob, factor: Math.SQRT2 }))],
    ['another value at 0', a.space.map((knob) => ({ ...knob, base: 3 }))],
  ])('refuses one with %s, whose coordinates mean something else, in one line', (_, space) => {
    const other = with_(space);
    expect(() => checkNeighbours([a, other], neighboursOn([[a, other]]))).toThrow(
      /^neighbour with other knobs: b of a \(.*; learningRate 1 × 2\^n, .*\)$/,
    );
  });

  it('takes one with other ranges and limits', () => {
    const other = with_(a.space.map((knob) => ({ ...knob, min: -1, max: 0, limits: [-2, 1] })));
    expect(() => checkNeighbours([a, other], neighboursOn([[a, other]]))).not.toThrow();
  });
});
