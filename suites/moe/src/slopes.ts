import { logSlope } from '@hyperlaw/core';
import { type Estimate, meanInterval } from '@hyperlaw/report';
import { type Axis, axisNames } from './axes.ts';
import { roles, type WatchedRole } from './course.ts';
import type { WatchedNet } from './course-plan.ts';
import { type Proposal, proposalNames } from './proposals.ts';

/** How a number of the nets that were watched scales along an axis, of proposals that train alike along it. */
export interface Slope {
  readonly axis: Axis;
  readonly proposals: readonly Proposal[];
  /** Mean over seeds of the exponent over the size, with a 95 % interval; null where some net has no such number. */
  readonly slope: Estimate | null;
}

/** The look at a net after so many steps, or the last. */
export const lookAt = ({ looks }: WatchedNet, step?: number) =>
  step === undefined ? looks.at(-1) : looks.find((look) => look.step === step);

/** Exponents along every axis, of a positive number of a net. */
export function slopesOf(
  nets: readonly WatchedNet[],
  value: (net: WatchedNet) => number | null,
): readonly Slope[] {
  return axisNames.flatMap((axis) => {
    const groups = new Map<string, Slope>();
    for (const proposal of proposalNames) {
      const own = nets.filter((net) => net.axis === axis && net.proposal === proposal);
      const sizes = [...new Set(own.map(({ ratio }) => ratio))];
      if (sizes.length < 2) continue;
      const slopes = [...new Set(own.map(({ seed }) => seed))].map((seed) => {
        const line = sizes.flatMap((ratio) =>
          own.filter((net) => net.seed === seed && net.ratio === ratio),
        );
        const values = line.map(value);
        const usable = values.every((one) => one !== null && one > 0);
        return usable
          ? logSlope(
              line.map(({ ratio }) => ratio),
              values as number[],
            ).slope
          : null;
      });
      const whole = slopes.length > 1 && slopes.every((one) => one !== null);
      const key = JSON.stringify(slopes);
      const first = groups.get(key);
      groups.set(key, {
        axis,
        proposals: [...(first?.proposals ?? []), proposal],
        slope: whole ? meanInterval(slopes as number[]) : null,
      });
    }
    return [...groups.values()];
  });
}

/** Exponents of each role's change after so many steps. */
export function roleSlopes(
  nets: readonly WatchedNet[],
  step: number,
): readonly (Slope & { readonly role: WatchedRole })[] {
  return roles.flatMap((role) =>
    slopesOf(nets, (net) => lookAt(net, step)?.changes[role] ?? null).map((slope) => ({
      ...slope,
      role,
    })),
  );
}
