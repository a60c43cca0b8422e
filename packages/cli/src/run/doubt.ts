import { type Contest, canonicalJson } from '@hyperlaw/sweep';
import type { Evidence, Judgement } from '../suite.ts';

/** An effect of nothing is in no more doubt than this. */
const MOST_DOUBT = 10;

/** The arms of one task, which are judged against each other, and in how much doubt what is said of them stands. */
export interface TaskContest extends Pick<Contest, 'name' | 'seeds' | 'doubt'> {
  /** Indices of its arms in the plan. */
  readonly arms: readonly number[];
}

/**
 * The contests of a plan, by task: half of an interval over the effect that it is around, for the claim on the task that
 * is in most doubt. Where no claim is on a task, twice the standard error of its losses over how far apart they are.
 */
export function contestsOf(
  { arms, tasks, outcomes }: Pick<Evidence, 'arms' | 'tasks' | 'outcomes'>,
  { claims }: Pick<Judgement, 'claims'>,
): readonly TaskContest[] {
  return tasks.flatMap(({ name, law }): readonly TaskContest[] => {
    const own = canonicalJson(law);
    const indices = arms.flatMap(({ task }, i) => (canonicalJson(task) === own ? [i] : []));
    const losses = indices.map((i) =>
      (outcomes[i]?.judged ?? []).flatMap(({ loss }) => loss ?? []),
    );
    const seeds = Math.min(...indices.map((i) => outcomes[i]?.judged.length ?? 0));
    if (indices.length < 2 || seeds === 0) return [];
    const doubts = claims
      .filter(({ task, predicted }) => task === name && predicted === undefined)
      .map(({ effect, interval }) =>
        effect === null || interval === null
          ? MOST_DOUBT
          : (interval[1] - interval[0]) / 2 / Math.abs(effect),
      );
    const doubt = Math.min(MOST_DOUBT, doubts.length > 0 ? Math.max(...doubts) : blur(losses));
    return [{ name, arms: indices, seeds, doubt: Number.isNaN(doubt) ? MOST_DOUBT : doubt }];
  });
}

function blur(losses: readonly (readonly number[])[]): number {
  const known = losses.filter((own) => own.length > 1);
  const means = known.map(mean);
  const squares = known.map((own, i) => {
    const variance = own.reduce((sum, loss) => sum + (loss - means[i]!) ** 2, 0) / (own.length - 1);
    return variance / own.length;
  });
  if (known.length < 2) return MOST_DOUBT;
  return (2 * Math.sqrt(mean(squares))) / (Math.max(...means) - Math.min(...means));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
