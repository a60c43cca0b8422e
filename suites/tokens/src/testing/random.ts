import { randomStream } from '@hyperlaw/tasks';

/** Numbers of a stream one by one, read a thousand at a time. */
function oneByOne(fill: (offset: number, out: Float32Array) => void): () => number {
  const block = new Float32Array(1000);
  let next = 0;
  return () => {
    if (next % block.length === 0) fill(next, block);
    return block[next++ % block.length] as number;
  };
}

/** For tests: standard normal numbers. */
export const normalSource = (seed: number): (() => number) =>
  oneByOne(randomStream({ seed, role: 'data', path: ['made-up'] }).fillNormal);

/** For tests: uniform numbers. */
export const uniformSource = (seed: number): (() => number) =>
  oneByOne(randomStream({ seed, role: 'data', path: ['made-up'] }).fillUniform);
