/** What a label must not meet: a mark's place across and its reach down a panel, in pixels. */
interface Obstacle {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room between a label and a mark beside it. */
const GAP = 6;

/** Where a label ends: as far right in its panel as it meets no mark, and undefined where it would everywhere. */
export function labelEnd(
  {
    length,
    top,
    bottom,
  }: { readonly length: number; readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
  panelWidth: number,
): number | undefined {
  const near = obstacles.filter((mark) => mark.bottom > top && mark.top < bottom);
  const ends = [panelWidth, ...near.map(({ x }) => x - GAP).sort((a, b) => b - a)];
  const free = (end: number): boolean =>
    end >= length && near.every(({ x }) => x <= end - length - GAP || x >= end + GAP);
  return ends.find(free);
}
