import {
  LEVEL,
  log2Losses,
  pairedDifference,
  type SizedArm,
  type SizedLosses,
} from '@hyperlaw/report';
import { BASE_WIDTH } from './plan.ts';

/** The tuned widths of one task, in order of width. */
export interface TaskMeasurements extends Omit<SizedLosses, 'arms' | 'alike'> {
  readonly mup: readonly SizedArm[];
  /** Empty where only μP was measured. */
  readonly sp: readonly SizedArm[];
}

/** By how much, in log2 loss, SP must surely be lower for μP not to count as tuned: 5 %, which a lattice of 2 may cost. */
export const BEATEN = 0.07;

/**
 * What the rule looks at: μP, with the noise of SP too. At the base width SP is μP: the same arm counts once. At one width
 * the two differ by factors between layers alone, so that an arm of μP that SP clearly beats is not at its best.
 */
export function sizedLosses({ mup, sp, ...task }: TaskMeasurements): SizedLosses {
  const arms = mup.map((arm): SizedArm => {
    const foil = sp.find(({ size }) => size === arm.size);
    if (foil === undefined) return arm;
    const rows = log2Losses([arm, foil], task);
    const { estimate, pValue } = pairedDifference(
      rows.map(([own]) => own as number),
      rows.map(([, other]) => other as number),
    );
    return estimate > BEATEN && pValue <= LEVEL ? { ...arm, beaten: true } : arm;
  });
  return { ...task, arms, alike: [sp.filter(({ size }) => size !== BASE_WIDTH)] };
}
