import type { RandomStream } from './random-stream.ts';

/** Numbers drawn at a time: a stream fills blocks far faster than it gives single numbers. */
const BLOCK = 1024;

/** Independent standard normal numbers of a stream, from its beginning, one a call. */
export function normals(stream: Pick<RandomStream, 'fillNormal'>): () => number {
  const block = new Float32Array(BLOCK);
  let at = 0;
  return () => {
    if (at % BLOCK === 0) stream.fillNormal(at, block);
    return block[at++ % BLOCK] as number;
  };
}
