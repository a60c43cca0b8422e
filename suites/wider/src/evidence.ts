import type { Evidence } from '@hyperlaw/cli';
import type { Arm as VerdictArm } from '@hyperlaw/report';
import type { TaskMeasurements, TunedWidth } from './measurements.ts';
import { ceilingOf, judgedLoss, statusOf } from './measurements.ts';
import { cellsOf, type Tuned } from './plan.ts';
import { shortLaw, titles } from './tasks.ts';

/** The evidence sorted for the rule: tuned arms, and losses by task. */
export interface Sorted {
  readonly tuned: readonly Tuned[];
  readonly named: readonly TaskMeasurements[];
  readonly random: readonly TaskMeasurements[];
  /** The named tasks once more, with the init scale left alone. */
  readonly fixed: readonly TaskMeasurements[];
}

/** Puts outcomes where their arms stand in the comparison. */
export function sorted({ profile, tasks, outcomes, protocol }: Evidence): Sorted {
  const tuned = cellsOf(profile, tasks).map((cell, i) => {
    const outcome = outcomes[i];
    if (outcome?.arm !== cell.arm.name) {
      throw new Error(`unexpected outcome: ${outcome?.arm} (${cell.arm.name})`);
    }
    return { ...cell, outcome };
  });
  const measured = (group: Tuned['group']) =>
    tasks.flatMap((task): readonly TaskMeasurements[] => {
      const own = tuned.filter((arm) => arm.group === group && arm.task.name === task.name);
      if (own.length === 0) return [];
      const widths = (name: Tuned['parameterization']) =>
        own.filter((arm) => arm.parameterization === name).map(tunedWidth);
      const title = group === 'random' ? shortLaw(task.law) : titles[task.law.kind];
      return [
        {
          task: task.name,
          title: title ?? task.name,
          ceiling: ceilingOf(task),
          seeds: protocol.judgeSeeds,
          mup: widths('mup'),
          sp: widths('sp'),
        },
      ];
    });
  return { tuned, named: measured('named'), random: measured('random'), fixed: measured('fixed') };
}

function tunedWidth({ width, outcome }: Tuned): TunedWidth {
  return { width, losses: outcome.judged.map(({ loss }) => loss), status: statusOf(outcome) };
}

/** An arm as the verdict file has it. */
export function verdictArm(arm: Tuned): VerdictArm {
  const { task, parameterization, outcome } = arm;
  const { model, optimizer, batch } = arm.arm.shape as {
    model: { kind: string; width: number; depth: number; activation: string };
    optimizer: { kind: string };
    batch: number;
  };
  const loss = judgedLoss(tunedWidth(arm), ceilingOf(task));
  return {
    task: task.name,
    parameterization,
    shape: {
      model: model.kind,
      width: model.width,
      depth: model.depth,
      activation: model.activation,
      optimizer: optimizer.kind,
      batch,
      steps: arm.arm.steps,
    },
    knobs: outcome.winner?.knobs ?? {},
    status: statusOf(outcome),
    loss: loss?.estimate ?? null,
    interval: loss?.interval ?? null,
    seeds: outcome.judged.length,
    trials: outcome.trials.total,
    diverged: outcome.trials.diverged,
  };
}
