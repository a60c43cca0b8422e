/**
 * The first step at which a lane counts as diverged, or `null`: its loss is not finite, or exceeds `factor` times
 * its loss at step 0.
 *
 * The default factor of 100 is far above what a run that recovers passes through, and far below where float32
 * overflows. A loss that starts at 0 can only diverge by not being finite.
 */
export function divergedAt(
  losses: ArrayLike<number>,
  { factor = 100 }: { readonly factor?: number } = {},
): number | null {
  const first = losses[0] ?? 0;
  const limit = first > 0 ? factor * first : Infinity;
  for (let step = 0; step < losses.length; step++) {
    const loss = losses[step] ?? Number.NaN;
    if (!Number.isFinite(loss) || loss > limit) return step;
  }
  return null;
}
