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
  const arm = (point: Point, size: number, outcome: ArmOutcome): Verdict['arms'][number] => {
    const levels = levelsAt(family.axes, point);
    const { model, optimizer, batch } = netOf(size, levels).shape as Shape;
    const own = sizedArm(declaration, outcome, size);
    const loss = judgedLoss(own, ceilingOf(declaration, point));
    return {
      task: taskName(family.lawOf(levels, 0)),
      shape: {
        ...{ model: model.kind, width: model.width, depth: model.depth },
        ...{ optimizer: optimizer.kind, batch, steps },
        draw: outcome.arm.replace(/^.*, draw /, ''),
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
    ...finalists.flatMap(({ point, duels }) =>
      duels.flatMap(({ small, large }) => [
        arm(point, sizes.small, small),
        arm(point, sizes.large, large),
      ]),
    ),
    ...(ladder?.draws ?? []).flatMap((outcomes) =>
      outcomes.map((outcome, i) => arm(ladder?.point ?? [], ladder?.sizes[i] ?? 0, outcome)),
    ),
  ];
}
