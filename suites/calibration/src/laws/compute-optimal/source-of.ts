import { randomStream } from '@hyperlaw/tasks';

/** Numbers of a stream one by one. */
export function sourceOf(seed: number, kind: 'normal' | 'uniform'): () => number {
  const stream = randomStream({ seed, role: 'noise', path: ['compute-optimal', kind] });
  const block = new Float32Array(1024);
  let next = 0;
  return () => {
    const at = next % block.length;
    if (at === 0)
      kind === 'normal' ? stream.fillNormal(next, block) : stream.fillUniform(next, block);
    next++;
    return block[at] as number;
  };
}
