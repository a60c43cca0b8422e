import type { Hardware } from '@hyperlaw/engine';

/** The most weights of nets that are trained together: training holds about ten arrays of their size. */
const MOST_WEIGHTS: Readonly<Record<Hardware, number>> = { processor: 2 ** 23, gpu: 2 ** 28 };

/**
 * What nets differ in (seeds, variances), in order, in as few parts of about equal size as hold no more weights than memory
 * should, where each item stands for so many. On the CPU a net alone is what it is among others, bit by bit.
 */
export function memoryParts<Item>(
  items: readonly Item[],
  weights: number,
  hardware: Hardware,
): readonly (readonly Item[])[] {
  const most = Math.max(1, Math.floor(MOST_WEIGHTS[hardware] / weights));
  const size = Math.ceil(items.length / Math.ceil(items.length / most));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
