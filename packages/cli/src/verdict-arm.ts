import type { Shape } from '@hyperlaw/core';
import { judgedLoss, type Arm as VerdictArm } from '@hyperlaw/report';
import { type Arm, type ArmOutcome, tunedStatus } from '@hyperlaw/sweep';
import { constantLoss, type Task } from '@hyperlaw/tasks';

/** A tuned and judged arm as the verdict file has it. */
export function verdictArm({
  task,
  parameterization,
  arm,
  outcome,
}: {
  readonly task: Task;
  readonly parameterization: string;
  readonly arm: Arm;
  readonly outcome: ArmOutcome;
}): VerdictArm {
  const { model, optimizer, batch } = arm.shape as Shape;
  const losses = outcome.judged.map(({ loss }) => loss);
  const loss = judgedLoss({ losses }, constantLoss(task));
  return {
    task: task.name,
    parameterization,
    shape: {
      model: model.kind,
      width: model.width,
      depth: model.depth,
      activation: model.activation,
      ...('experts' in model &&
        model.experts && { experts: model.experts.count, active: model.experts.active }),
      optimizer: optimizer.kind,
      batch,
      steps: arm.steps,
    },
    knobs: outcome.winner?.knobs ?? {},
    status: tunedStatus(outcome),
    loss: loss?.estimate ?? null,
    interval: loss?.interval ?? null,
    seeds: outcome.judged.length,
    trials: outcome.trials.total,
    diverged: outcome.trials.diverged,
  };
}
