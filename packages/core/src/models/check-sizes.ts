/** Throws on a size that is not a positive integer, by the name it is given under. */
export function checkSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Error(`unknown ${name}: ${value} (a positive integer)`);
    }
  }
}
