import { expect, it } from 'vitest';
import { normals } from './normals.ts';
import { randomStream } from './random-stream.ts';

it('gives the numbers of the stream one by one, from block to block', () => {
  const stream = randomStream({ seed: 3, role: 'made-up', path: [] });
  const whole = new Float32Array(2500);
  stream.fillNormal(0, whole);
  const next = normals(stream);
  expect(Array.from(whole, () => next())).toEqual([...whole]);
});
