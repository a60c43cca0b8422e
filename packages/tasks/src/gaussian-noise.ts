import type { RandomStream } from './random-stream.ts';

/** Adds `std` times normals `offset` … of a stream to `y`; draws nothing where `std` is 0. */
export function gaussianNoise(
  stream: RandomStream,
  std: number,
): (offset: number, y: Float32Array | Int32Array) => void {
  if (std === 0) return () => {};
  let scratch = new Float32Array(0);
  return (offset, y) => {
    if (scratch.length !== y.length) scratch = new Float32Array(y.length);
    stream.fillNormal(offset, scratch);
    for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + std * (scratch[i] as number);
  };
}
