import { type Evidence, withOutcomes } from '@hyperlaw/cli';
import { type ArmOutcome, tunedStatus } from '@hyperlaw/sweep';
import { constantLoss, randomStream, type Task } from '@hyperlaw/tasks';
import { mean, type ScalingCurve, scalingLoss } from '@hyperlaw/theory';
import { type Decision, decide } from './decision-rule.ts';
import { type Scaling, scalingOf } from './exponents.ts';
import type { Net } from './nets.ts';
import { type Cell, cellsOf, scaleOf } from './plan.ts';
import { titleOf } from './sources.ts';

/** A tuned size at a budget with what it came to. */
export interface Tuned extends Cell {
  readonly outcome: ArmOutcome;
  readonly status: 'interior' | 'edge' | 'diverged';
  /** Judged losses, those of seeds that diverged counting as a constant prediction's. */
  readonly losses: readonly number[];
}

/** All sizes and budgets of one task and net. */
export interface Swept {
  readonly net: Net;
  readonly task: Task;
  readonly title: string;
  /** Exponent of a language; null of a text. */
  readonly difficulty: number | null;
  readonly tuned: readonly Tuned[];
  /** N·D at which ratios are read: between the least and the largest of the budgets. */
  readonly reference: number;
  readonly scaling: Scaling;
}

/** The evidence sorted for the rule, the claims and the figures. */
export interface Sorted {
  readonly swept: readonly Swept[];
  /** By kind of net. */
  readonly decisions: Readonly<Record<Net, Decision>>;
}

const cache = new WeakMap<Evidence, Sorted>();

/** Sorts once what the judge, the figures and the words all look at. */
export function sorted(evidence: Evidence): Sorted {
  const known = cache.get(evidence);
  if (known) return known;
  const made = sort(evidence);
  cache.set(evidence, made);
  return made;
}

function sort({ profile, tasks, outcomes }: Evidence): Sorted {
  const tuned = withOutcomes(cellsOf(profile, tasks), outcomes).map((cell): Tuned => {
    const { outcome } = cell;
    const guess = constantLoss(cell.task);
    const losses = outcome.judged.map(({ loss }) => Math.min(loss ?? guess, guess));
    return { ...cell, status: tunedStatus(outcome), losses };
  });
  const groups = new Map<string, Tuned[]>();
  for (const each of tuned) {
    const key = `${each.net} ${each.task.name}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const swept = [...groups.values()].map((own, i) => sweptOf(own, profile, i));
  const decisionOf = (net: Net) =>
    decide(
      swept.flatMap(({ net: own, difficulty, scaling }) =>
        own === net && difficulty !== null ? [{ difficulty, scaling }] : [],
      ),
    );
  return { swept, decisions: { transformer: decisionOf('transformer'), mlp: decisionOf('mlp') } };
}

function sweptOf(tuned: readonly Tuned[], profile: Evidence['profile'], index: number): Swept {
  const [{ net, task }] = tuned as [Tuned];
  const { budgets } = scaleOf(profile)[task.law.kind === 'facts' ? 'facts' : 'text'][net];
  const reference = Math.sqrt((budgets[0] as number) * (budgets.at(-1) as number));
  return {
    ...{ net, task, tuned, reference },
    title: titleOf(task.law),
    difficulty: task.law.kind === 'facts' ? task.law.exponent : null,
    scaling: scalingOf(curvesOf(tuned), { random: uniforms(3900 + index), reference }),
  };
}

/** Losses that are of a tuned optimum inside its range: an edge only bounds one from above, and is left out. */
export function curvesOf(tuned: readonly Tuned[]): readonly ScalingCurve[] {
  return tuned
    .filter(({ status, losses }) => status === 'interior' && losses.length > 0)
    .map(({ parameters, tokens, losses }) => ({
      parameters,
      tokens: [tokens],
      losses: losses.map((loss) => [Math.max(loss, LEAST)]),
    }));
}

/** Geometric mean of the judged losses over approach 3's law, run by run; empty where it could not be fitted. */
export function overFitted({
  tuned,
  scaling: { law },
}: Pick<Swept, 'tuned' | 'scaling'>): readonly (Tuned & { readonly ratio: number })[] {
  if (!law) return [];
  return tuned
    .filter(({ status, losses }) => status === 'interior' && losses.length > 0)
    .map((each) => {
      const logs = each.losses.map((loss) => Math.log(Math.max(loss, LEAST)));
      return {
        ...each,
        ratio: Math.exp(mean(logs)) / scalingLoss(law, each.parameters, each.tokens),
      };
    });
}

/** Losses below this are float32 round-off. */
const LEAST = 1e-7;

/** Uniform numbers of a seed, one by one. */
function uniforms(seed: number): () => number {
  const { fillUniform } = randomStream({ seed, role: 'noise', path: ['bootstrap'] });
  const block = new Float32Array(4096);
  let next = 0;
  return () => {
    if (next % block.length === 0) fillUniform(next, block);
    return block[next++ % block.length] as number;
  };
}
