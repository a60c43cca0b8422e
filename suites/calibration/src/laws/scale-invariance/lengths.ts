import type { Tensors } from '@hyperlaw/engine';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** One hidden weight matrix W of one net. */
export interface FollowedWeight {
  readonly name: string;
  /** ‖W‖² before the first step and after each `every`. */
  readonly squares: readonly number[];
  /** Σ ‖ΔW‖² over the steps before each point, ΔW what the optimizer adds beside the decay. */
  readonly growth: readonly number[];
  /** Means over the steps from `from` on: of ‖W‖², of ‖ΔW‖², of ‖ΔW‖²‖W‖², and of the squared angle of a step. */
  readonly means: {
    readonly square: number;
    readonly update: number;
    readonly product: number;
    readonly angle: number;
  };
}

/** ‖W‖², ‖W′‖², ⟨W, W′⟩ and ‖W′ − keep W‖² of every lane. */
export function lengths(
  names: readonly string[],
  {
    state,
    next,
    scalars,
    decay,
  }: {
    readonly state: Tensors;
    readonly next: Tensors;
    readonly scalars: Readonly<Record<string, Tensor>>;
    readonly decay: boolean;
  },
): Record<string, Tensor> {
  const sum = (t: Tensor) => tf.sum(t, [1, 2]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const [w, after] = [state[name] as Tensor, next[name] as Tensor];
      const kept = decay ? tf.mul(w, scalars[`${name}:keep`] as Tensor) : w;
      return [
        [`${name}:square`, sum(tf.square(w))],
        [`${name}:next`, sum(tf.square(after))],
        [`${name}:along`, sum(tf.mul(w, after))],
        [`${name}:update`, sum(tf.square(tf.sub(after, kept)))],
      ] as const;
    }),
  );
}

interface Lengths {
  readonly square: number;
  readonly next: number;
  readonly along: number;
  readonly update: number;
}

/** Gathers what becomes of one weight matrix. */
export function follower({ every, from }: { readonly every: number; readonly from: number }) {
  const [squares, growth]: [number[], number[]] = [[], []];
  let [step, total, counted] = [0, 0, 0];
  const sums = { square: 0, update: 0, product: 0, angle: 0 };
  return {
    add({ square, next, along, update }: Lengths): void {
      if (step === 0) {
        squares.push(asJson(square));
        growth.push(0);
      }
      step++;
      total += update;
      if (step % every === 0) {
        squares.push(asJson(next));
        growth.push(asJson(total));
      }
      if (step <= from) return;
      counted++;
      sums.square += square;
      sums.update += update;
      sums.product += update * square;
      sums.angle += Math.acos(Math.min(1, along / Math.sqrt(square * next))) ** 2;
    },
    /** Throws where the net diverged. */
    found: () => {
      if (!Number.isFinite(total)) throw new Error('a net diverged');
      const means = {
        square: sums.square / counted,
        update: sums.update / counted,
        product: sums.product / counted,
        angle: sums.angle / counted,
      };
      return { squares, growth, means };
    },
  };
}

const asJson = (value: number): number => Number(value.toPrecision(8));
