import { type Evidence, judgedSeeds, withOutcomes } from '@hyperlaw/cli';
import type { SizedArm, SizedLosses } from '@hyperlaw/report';
import { tunedStatus } from '@hyperlaw/sweep';
import { constantLoss, shortLaw, type Task, taskTitles } from '@hyperlaw/tasks';
import type { Compared } from './decision-rule.ts';
import { type Comparison, comparisons } from './equal-budgets.ts';
import type { Net } from './nets.ts';
import { cellsOf, type Tuned } from './plan.ts';

/** The evidence sorted for the rule: tuned arms, and losses by comparison. */
export interface Sorted {
  readonly tuned: readonly Tuned[];
  /** What decides: residual nets, and the transformer beside the named tasks. */
  readonly compared: Readonly<Record<Comparison, Compared>>;
  /** The residual nets of it alone. */
  readonly residual: Readonly<Record<Comparison, Compared>>;
  /** Plain nets on the named tasks. */
  readonly plain: Readonly<Record<Comparison, readonly SizedLosses[]>>;
}

/** Puts outcomes where their arms stand in the comparison. */
export function sorted({ profile, tasks, outcomes, protocol }: Evidence): Sorted {
  const tuned = withOutcomes(cellsOf(profile, tasks), outcomes);
  const measured = (comparison: Comparison, group: Tuned['group'], nets: readonly Net[]) =>
    nets.flatMap((net) =>
      tasks.flatMap((task): readonly SizedLosses[] => {
        const own = tuned.filter(
          (arm) => arm.group === group && arm.net === net && arm.task.name === task.name,
        );
        if (own.length === 0) return [];
        const arms = (of: Comparison, without?: Comparison) =>
          own
            .filter((arm) => arm.comparisons.includes(of))
            .filter((arm) => !(without && arm.comparisons.includes(without)))
            .map(sizedArm)
            .sort((a, b) => a.size - b.size);
        return [
          {
            task: task.name,
            title: group === 'random' ? shortLaw(task.law) : titleOf(task, net),
            ceiling: constantLoss(task),
            seeds: judgedSeeds(
              own.map(({ outcome }) => outcome),
              protocol,
            ),
            arms: arms(comparison),
            // The anchor stands in every comparison and counts once.
            alike: comparisons
              .filter((other) => other !== comparison)
              .map((other) => arms(other, comparison)),
          },
        ];
      }),
    );
  const compared = (comparison: Comparison, nets: readonly Net[]): Compared => ({
    named: measured(comparison, 'named', nets),
    random: measured(comparison, 'random', ['residual']),
  });
  const each = <T>(of: (comparison: Comparison) => T) => ({
    width: of('width'),
    parameters: of('parameters'),
    compute: of('compute'),
  });
  return {
    tuned,
    compared: each((comparison) => compared(comparison, ['transformer', 'residual'])),
    residual: each((comparison) => compared(comparison, ['residual'])),
    plain: each((comparison) => measured(comparison, 'named', ['plain'])),
  };
}

/** A named task in figures and claims. */
export function titleOf({ law, name }: Task, net: Net): string {
  const title = taskTitles[law.kind] ?? name;
  return net === 'transformer' ? `${title}, transformer` : title;
}

function sizedArm({ depth, outcome }: Tuned): SizedArm {
  return {
    size: depth,
    losses: outcome.judged.map(({ loss }) => loss),
    status: tunedStatus(outcome),
  };
}
