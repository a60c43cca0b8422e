import type { Shape } from '@hyperlaw/core';
import { judgedLoss, type Verdict } from '@hyperlaw/report';
import { type ArmOutcome, type HarmFindings, levelsAt, type Point } from '@hyperlaw/sweep';
import { taskName } from '@hyperlaw/tasks';
import type { CounterexampleDeclaration, HarmScale } from './declaration.ts';
import { ceilingOf, sizedArm } from './evidence.ts';

/** The replicated arms as the verdict file has them: those of finalists, and those of the ladder. */
export function armsOf(
  declaration: CounterexampleDeclaration,
  { sizes, steps }: HarmScale,
  { finalists, ladder }: HarmFindings,
): Verdict['arms'] {
  const { family, netOf } = declaration;
  const arm = (
    { point, draw }: { readonly point: Point; readonly draw: number },
    size: number,
    outcome: ArmOutcome,
  ): Verdict['arms'][number] => {
    const levels = levelsAt(family.axes, point);
    const { model, optimizer, batch } = netOf(size, levels).shape as Shape;
    const own = sizedArm(declaration, outcome, size);
    const loss = judgedLoss(own, ceilingOf(declaration, point));
    return {
      task: taskName(family.lawOf(levels, 0)),
      shape: {
        ...{ model: model.kind, width: model.width, depth: model.depth },
        ...{ optimizer: optimizer.kind, batch, steps },
        draw: String(draw),
      },
      knobs: outcome.winner?.knobs ?? {},
      status: own.status,
      loss: loss?.estimate ?? null,
      interval: loss?.interval ?? null,
      seeds: outcome.judged.length,
      trials: outcome.trials.total,
      diverged: outcome.trials.diverged,
    };
  };
  return [
    ...finalists.flatMap(({ duels }) =>
      duels.flatMap((duel) => [
        arm(duel, sizes.small, duel.small),
        arm(duel, sizes.large, duel.large),
      ]),
    ),
    ...(ladder?.draws ?? []).flatMap(({ draw, outcomes }) =>
      outcomes.map((outcome, i) =>
        arm({ point: ladder?.point ?? [], draw }, ladder?.sizes[i] ?? 0, outcome),
      ),
    ),
  ];
}
