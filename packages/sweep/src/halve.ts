import type { Arm } from './arm.ts';
import type { Protocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { isFinished, rank } from './ranking.ts';
import type { Setting } from './space.ts';
import { knobIndex, shifted, withinLimits } from './space.ts';

/**
 * Which settings of a coarse screen go on to the full horizon, at most `count`. Those that diverged are
 * dropped. Short horizons favour other rates, so the lattice neighbours of the best along the rate go on
 * whatever their rank, also where they lie beyond the screened range. Where all diverged, a ladder of
 * lower rates goes on.
 */
export function halve(
  arm: Arm,
  { rate }: Protocol,
  screened: readonly Scored[],
  count: number,
): readonly Setting[] {
  const { space } = arm;
  const k = knobIndex(space, rate);
  const { stride = 1 } = space[k]!;
  const ranked = rank(screened, k);
  const lost = new Set(
    ranked.filter((one) => !isFinished(one)).map(({ setting }) => setting.join()),
  );
  const finite = ranked.filter(isFinished).map(({ setting }) => setting);
  const best = finite[0];
  const candidates = best
    ? [best, shifted(best, k, -stride), shifted(best, k, stride), ...finite.slice(1)].filter(
        (setting) => !lost.has(setting.join()),
      )
    : [...ladder(arm, k, stride, count), ...ranked.map(({ setting }) => setting)];
  const kept = new Map(
    candidates
      .filter((setting) => withinLimits(space, setting))
      .map((setting) => [setting.join(), setting]),
  );
  return [...kept.values()].slice(0, count);
}

/** Ever lower rates below the screened range, the other knobs in the middle of theirs. */
function ladder({ space }: Arm, k: number, stride: number, count: number): readonly Setting[] {
  const foot = space.map(({ min, max }, index) =>
    index === k ? min : Math.floor((min + max) / 2),
  );
  return Array.from({ length: count }, (_, n) => shifted(foot, k, -(n + 1) * stride));
}
