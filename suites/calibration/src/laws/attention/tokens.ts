import type { Batches } from '@hyperlaw/core';
import { int32 } from '@hyperlaw/engine';
import type { Stream } from '@hyperlaw/tasks';

/**
 * Windows of a text as tokens, x `[stream, batch, context]`, with the token after each place, y `[stream, batch · context]`.
 * Throws on what is no text.
 */
export function tokenBatches(streams: readonly Stream[], batch: number, context: number): Batches {
  const size = batch * context;
  return {
    x: int32(streams.length, batch, context),
    y: int32(streams.length, size),
    feed(first, count) {
      const total = count * streams.length * size;
      const [x, y] = [new Int32Array(total), new Int32Array(total)];
      const positions = new Int32Array(batch);
      for (let step = 0; step < count; step++) {
        streams.forEach((stream, s) => {
          if (stream.kind !== 'sequence') throw new Error(`unknown data: ${stream.kind} (a text)`);
          const { tokens, context: window } = stream;
          stream.positions(first + step, batch, positions);
          positions.forEach((position, example) => {
            for (let i = 0; i < context; i++) {
              const at = position + window - context + i;
              const to = (step * streams.length + s) * size + example * context + i;
              x[to] = tokens[at] as number;
              y[to] = tokens[at + 1] as number;
            }
          });
        });
      }
      return { x, y };
    },
  };
}
