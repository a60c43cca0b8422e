import type { Batches } from '@hyperlaw/core';
import { int32 } from '@hyperlaw/engine';
import type { Stream } from '@hyperlaw/tasks';

/** Windows of a text as tokens, x `[1, batch, context]`, with the token after each place, y `[1, batch · context]`. */
export function tokenBatches(stream: Stream, batch: number, context: number): Batches {
  if (stream.kind !== 'sequence') throw new Error(`unknown data: ${stream.kind} (a text)`);
  const { tokens, context: window } = stream;
  return {
    x: int32(1, batch, context),
    y: int32(1, batch * context),
    feed(first, count) {
      const size = batch * context;
      const [x, y] = [new Int32Array(count * size), new Int32Array(count * size)];
      const positions = new Int32Array(batch);
      for (let step = 0; step < count; step++) {
        stream.positions(first + step, batch, positions);
        positions.forEach((position, example) => {
          for (let i = 0; i < context; i++) {
            const at = position + window - context + i;
            x[step * size + example * context + i] = tokens[at] as number;
            y[step * size + example * context + i] = tokens[at + 1] as number;
          }
        });
      }
      return { x, y };
    },
  };
}
