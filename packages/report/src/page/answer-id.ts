/** Anchor of the part of a page that holds the i-th of its answers. */
export function answerId(i: number): string {
  return `answer-${i + 1}`;
}
