/**
 * Maps items in order with at most `width` of them under way at a time; results are in the order of the items.
 * The first rejection rejects the whole, and no further item is begun.
 */
export async function windowed<T, R>(
  items: readonly T[],
  width: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let stopped = false;
  const walk = async () => {
    while (next < items.length && !stopped) {
      const index = next++;
      try {
        results[index] = await map(items[index] as T);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, walk));
  return results;
}
