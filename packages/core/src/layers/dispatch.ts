import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { withoutGradient } from './expert-choices.ts';

/** Which example fills which slot of which expert, and where every choice of an example went. */
export interface Dispatch {
  /** Rows `[lane, rows, n]` to slots `[lane, count · slots, n]`, zeros where a slot is empty. */
  readonly toSlots: (rows: Tensor) => Tensor;
  /** The transpose: what is in the slots of a row's choices, added up; nothing for choices that were dropped. */
  readonly toRows: (slots: Tensor) => Tensor;
  /** 1 where an example is in a slot of an expert, `[lane, rows, count]`. */
  readonly assigned: Tensor;
}

/**
 * Every expert's first `slots` examples in the order of the batch, from choices `[lane, rows, active, count]`, one-hot.
 *
 * Both maps are lookups, one a choice: at the size of a batch they cost passes over memory, not products. They are each
 * other's gradient. An example's slot depends on those before it alone, so that in a text nothing looks ahead.
 */
export function dispatch(choices: Tensor, { slots }: { readonly slots: number }): Dispatch {
  const [lanes = 1, rows = 1, , count = 1] = choices.shape;
  const mask = tf.sum(choices, 2);
  // Place in an expert's queue, from 1: a product with a triangle of ones, exact for counts.
  const queue = withoutGradient(mask, (chosen) => tf.matMul(triangle(rows), chosen));
  const inTime = (places: Tensor) => tf.cast(tf.lessEqual(places, slots), 'float32') as Tensor;
  const assigned = withoutGradient(queue, (places) => tf.mul(mask, inTime(places)));

  const places = tf.sum(tf.mul(choices, tf.expandDims(queue, 2)), -1) as Tensor;
  const kept = inTime(places);
  const expert = tf.sum(tf.mul(choices, counting(count)), -1);
  const place = tf.minimum(tf.sub(places, 1), slots - 1);
  const slotOf = tf.cast(tf.add(tf.mul(expert, slots), place), 'int32') as Tensor;

  // The earlier an example, the larger its score; no score where the expert is not chosen.
  const scores = tf.mul(tf.transpose(assigned, [0, 2, 1]), tf.sub(rows, counting(rows)));
  const first = tf.topk(scores, slots);
  const rowOf = tf.reshape(tf.cast(first.indices, 'int32'), [lanes, count * slots]);
  const filled = tf.reshape(tf.cast(tf.greater(first.values, 0), 'float32'), [
    ...[lanes, count * slots, 1],
  ]);

  const index: Index = { rowOf, filled, slotOf, kept };
  return {
    assigned,
    toSlots: (x) => linear(x, index, { map: fill, transposed: empty }),
    toRows: (x) => linear(x, index, { map: empty, transposed: fill }),
  };
}

/** The row in every slot `[lane, count · slots]`, the slot of every choice `[lane, rows, active]`, and which count. */
interface Index {
  readonly rowOf: Tensor;
  readonly filled: Tensor;
  readonly slotOf: Tensor;
  readonly kept: Tensor;
}

type Lookup = (x: Tensor, index: Index) => Tensor;

const pick = (x: Tensor, at: Tensor) => tf.gather(x, at as tf.Tensor1D, 1, 1) as Tensor;

const fill: Lookup = (x, { rowOf, filled }) => tf.mul(pick(x, rowOf), filled);

const empty: Lookup = (x, { slotOf, kept }) => {
  const [lanes = 1, rows = 1, active = 1] = slotOf.shape;
  const found = Array.from({ length: active }, (_, j) => {
    const at = tf.slice(slotOf, [0, 0, j], [lanes, rows, 1]);
    const counts = tf.slice(kept, [0, 0, j], [lanes, rows, 1]);
    return tf.mul(pick(x, tf.reshape(at, [lanes, rows])), counts) as Tensor;
  });
  return found.reduce((sum, one) => tf.add(sum, one));
};

/** A linear map and its transpose, which is its gradient. */
function linear(
  x: Tensor,
  index: Index,
  { map, transposed }: { readonly map: Lookup; readonly transposed: Lookup },
): Tensor {
  const { rowOf, filled, slotOf, kept } = index;
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    save([rowOf, filled, slotOf, kept]);
    return {
      value: map(input, index),
      gradFunc: (dy: Tensor, [...saved]: Tensor[]) => {
        const [rowOf, filled, slotOf, kept] = saved as [Tensor, Tensor, Tensor, Tensor];
        return transposed(dy, { rowOf, filled, slotOf, kept });
      },
    };
  });
  return op(x);
}

const counting = (count: number) =>
  tf.tensor(
    Float32Array.from({ length: count }, (_, i) => i),
    [1, 1, count],
  );

/** Ones on and below the diagonal, `[1, rows, rows]`. */
function triangle(rows: number): Tensor {
  const ones = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) ones.fill(1, i * rows, i * rows + i + 1);
  return tf.tensor(ones, [1, rows, rows]);
}
