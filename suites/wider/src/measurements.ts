import type { SizedArm, SizedLosses } from '@hyperlaw/report';
import { BASE_WIDTH } from './plan.ts';

/** The tuned widths of one task, in order of width. */
export interface TaskMeasurements extends Omit<SizedLosses, 'arms' | 'alike'> {
  readonly mup: readonly SizedArm[];
  /** Empty where only μP was measured. */
  readonly sp: readonly SizedArm[];
}

/** What the rule looks at: μP, with the noise of SP too. At the base width SP is μP: the same arm counts once. */
export function sizedLosses({ mup, sp, ...task }: TaskMeasurements): SizedLosses {
  return { ...task, arms: mup, alike: [sp.filter(({ size }) => size !== BASE_WIDTH)] };
}
