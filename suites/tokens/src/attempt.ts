/** Null where making throws: that a fit cannot be made is a result here. */
export function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
