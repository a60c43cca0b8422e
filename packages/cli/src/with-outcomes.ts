import type { Arm, ArmOutcome } from '@hyperlaw/sweep';

/** What a suite planned, cell by cell, with what became of its arm. Throws where outcomes are those of another plan. */
export function withOutcomes<Cell extends { readonly arm: Pick<Arm, 'name'> }>(
  cells: readonly Cell[],
  outcomes: readonly ArmOutcome[],
): readonly (Cell & { readonly outcome: ArmOutcome })[] {
  return cells.map((cell, i) => {
    const outcome = outcomes[i];
    if (outcome?.arm !== cell.arm.name) {
      throw new Error(`unexpected outcome: ${outcome?.arm} (${cell.arm.name})`);
    }
    return { ...cell, outcome };
  });
}
