import { checkLaw, integer, oneOf, optional, shown } from './check.ts';
import { epochOrder } from './epoch-order.ts';
import { permutation } from './permutation.ts';
import type { Task } from './task.ts';
import type { FiniteLaw } from './task-law.ts';

/** Largest training set, in numbers: 2 GiB of float32. */
const MOST = 2 ** 29;

/** The law that examples are held out from. Throws where they should be clean and the law has no noise to leave out. */
export function heldOutLaw({ of, heldOut }: FiniteLaw): FiniteLaw['of'] {
  if (heldOut === undefined) return of;
  if (!('noise' in of)) {
    throw new Error(`unknown held out: ${shown(heldOut)} (of a law with noise, not ${of.kind})`);
  }
  return { ...of, noise: 0 };
}

/**
 * The task of a fixed training set from one task, with the held-out examples of the same or another; throws for more
 * samples than it has or fit.
 */
export function finiteTask(
  law: FiniteLaw,
  { of, heldOut }: { readonly of: Task; readonly heldOut: Task },
  name: string,
): Task {
  const source = of.stream(0, 'train');
  const rows = source.kind === 'table' ? source.x.length / of.inputDim : Infinity;
  const most = Math.min(rows, Math.floor(MOST / of.inputDim));
  checkLaw(law, {
    of: () => {},
    samples: integer(1, most),
    heldOut: optional(oneOf(['clean'])),
  });
  const { samples } = law;
  const perExample = of.output.kind === 'regression' ? of.output.dim : 1;
  const x = new Float32Array(samples * of.inputDim);
  const y =
    of.output.kind === 'regression'
      ? new Float32Array(samples * perExample)
      : new Int32Array(samples);
  switch (source.kind) {
    case 'dense':
      source.fill(0, samples, x, y);
      break;
    case 'table': {
      const choice = permutation(rows, ['finite', law.of.kind]);
      for (let i = 0; i < samples; i++) {
        const row = choice(i);
        x.set(source.x.subarray(row * of.inputDim, (row + 1) * of.inputDim), i * of.inputDim);
        y.set(source.y.subarray(row * perExample, (row + 1) * perExample), i * perExample);
      }
      break;
    }
    case 'sequence':
    case 'tokens':
      throw new Error(`unknown law of a finite task: ${law.of.kind} (not a text)`);
  }
  return {
    ...heldOut,
    name,
    law,
    kinds: { ...heldOut.kinds, train: 'table' },
    stream: (seed, split) =>
      split === 'train'
        ? { kind: 'table', x, y, indices: epochOrder(samples, ['finite', seed]) }
        : heldOut.stream(seed, split),
  };
}
