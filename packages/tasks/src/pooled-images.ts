import type { ImageHalves, ImageSet } from './image-set.ts';

/** Both halves as `[rows, channels × side × side]` float32. */
export interface PooledImages {
  readonly train: Float32Array;
  readonly test: Float32Array;
}

/**
 * Averages each image over squares down to `side` × `side` pixels, then shifts and scales each channel
 * by its mean and standard deviation over all pixels of the training half. `side` divides the images'.
 */
export function pooledImages({ train, test }: ImageHalves, side: number): PooledImages {
  const pooled = { train: averaged(train, side), test: averaged(test, side) };
  const area = side * side;
  for (let channel = 0; channel < train.channels; channel++) {
    const { mean, deviation } = moments(pooled.train, channel, train.channels, area);
    for (const images of [pooled.train, pooled.test]) {
      eachPixel(images, channel, train.channels, area, (at) => {
        images[at] = ((images[at] as number) - mean) / deviation;
      });
    }
  }
  return pooled;
}

function averaged({ rows, channels, side: full, images }: ImageSet, side: number): Float32Array {
  const square = full / side;
  const out = new Float32Array(rows * channels * side * side);
  for (let plane = 0, to = 0; plane < rows * channels; plane++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++, to++) {
        const corner = (plane * full + row * square) * full + column * square;
        let sum = 0;
        for (let i = 0; i < square; i++) {
          for (let j = 0; j < square; j++) sum += images[corner + i * full + j] as number;
        }
        out[to] = sum / (square * square);
      }
    }
  }
  return out;
}

function eachPixel(
  images: Float32Array,
  channel: number,
  channels: number,
  area: number,
  visit: (at: number) => void,
): void {
  for (let start = channel * area; start < images.length; start += channels * area) {
    for (let at = start; at < start + area; at++) visit(at);
  }
}

function moments(
  images: Float32Array,
  channel: number,
  channels: number,
  area: number,
): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  let squares = 0;
  eachPixel(images, channel, channels, area, (at) => {
    const value = images[at] as number;
    count++;
    sum += value;
    squares += value * value;
  });
  const mean = sum / count;
  // A channel without contrast stays at 0 rather than dividing by it.
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) || 1 };
}
