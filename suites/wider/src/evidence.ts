import { type Evidence, judgedSeeds, withOutcomes } from '@hyperlaw/cli';
import type { SizedArm } from '@hyperlaw/report';
import { tunedStatus } from '@hyperlaw/sweep';
import { constantLoss, shortLaw, taskTitles } from '@hyperlaw/tasks';
import type { TaskMeasurements } from './measurements.ts';
import { cellsOf, type Tuned } from './plan.ts';

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
  const tuned = withOutcomes(cellsOf(profile, tasks), outcomes);
  const measured = (group: Tuned['group']) =>
    tasks.flatMap((task): readonly TaskMeasurements[] => {
      const own = tuned.filter((arm) => arm.group === group && arm.task.name === task.name);
      if (own.length === 0) return [];
      const widths = (name: Tuned['parameterization']) =>
        own.filter((arm) => arm.parameterization === name).map(sizedArm);
      const title = group === 'random' ? shortLaw(task.law) : taskTitles[task.law.kind];
      return [
        {
          task: task.name,
          title: title ?? task.name,
          ceiling: constantLoss(task),
          seeds: judgedSeeds(
            own.map(({ outcome }) => outcome),
            protocol,
          ),
          mup: widths('mup'),
          sp: widths('sp'),
        },
      ];
    });
  return { tuned, named: measured('named'), random: measured('random'), fixed: measured('fixed') };
}

function sizedArm({ width, outcome }: Tuned): SizedArm {
  return {
    size: width,
    losses: outcome.judged.map(({ loss }) => loss),
    status: tunedStatus(outcome),
  };
}
