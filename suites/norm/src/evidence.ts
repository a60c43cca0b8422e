import { type Evidence, judgedSeeds, withOutcomes } from '@hyperlaw/cli';
import { type ArmOutcome, tunedStatus } from '@hyperlaw/sweep';
import { constantLoss } from '@hyperlaw/tasks';
import type { Contest, Entrant, Instance } from './need-gaps.ts';
import { cellsOf, type Tuned } from './plan.ts';

/** Tuned arms, in the order of the plan. */
export function tunedOf({ profile, tasks, outcomes }: Evidence): readonly Tuned[] {
  return withOutcomes(cellsOf(profile, tasks), outcomes);
}

/** The arms sorted for the rule, by contest and task. */
export function contestsOf(evidence: Evidence): readonly Contest[] {
  const tuned = tunedOf(evidence);
  const names = [...new Set(tuned.map(({ contest }) => contest))];
  return names.map((contest): Contest => {
    const own = tuned.filter((arm) => arm.contest === contest);
    const tasks = [...new Set(own.map(({ task }) => task))];
    return {
      contest,
      title: own[0]?.title ?? contest,
      seeds: judgedSeeds(
        own.map(({ outcome }) => outcome),
        evidence.protocol,
      ),
      instances: tasks.map((task): Instance => {
        const arms = own.filter((arm) => arm.task === task);
        const side = (normed: boolean) =>
          arms.filter(({ contestant }) => contestant.normed === normed).map(entrantOf);
        return { ceiling: constantLoss(task), normed: side(true), free: side(false) };
      }),
    };
  });
}

function entrantOf({ contestant: { id, title }, outcome }: Tuned): Entrant {
  return {
    ...{ id, title },
    losses: outcome.judged.map(({ loss }) => loss),
    status: tunedStatus(outcome),
    tuningLoss: tuningLoss(outcome),
  };
}

/** Mean loss of the winner on tuning seeds: its own point of the slice. */
function tuningLoss({ winner, slice }: ArmOutcome): number | null {
  const own = slice.find(({ setting }) => setting.join() === winner?.setting.join());
  const losses = own?.losses.map(({ loss }) => loss) ?? [];
  if (losses.length === 0) return null;
  return losses.reduce<number | null>(
    (sum, loss) => (sum === null || loss === null ? null : sum + loss / losses.length),
    0,
  );
}
