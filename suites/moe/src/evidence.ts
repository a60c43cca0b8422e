import { type Evidence, learntAnything } from '@hyperlaw/cli';
import { driftEstimate, sweepOf } from '@hyperlaw/report';
import { type Axis, axisNames } from './axes.ts';
import type { Drifts } from './decision-rule.ts';
import { cellsOf, scaleOf, type Tuned } from './plan.ts';
import { type Proposal, proposalNames } from './proposals.ts';

/** Cells with their outcomes, in the order of the plan. */
export function tunedOf({ profile, tasks, outcomes }: Evidence): readonly Tuned[] {
  const byName = new Map(outcomes.map((outcome) => [outcome.arm, outcome]));
  return cellsOf(profile, tasks).map((cell) => {
    const outcome = byName.get(cell.arm.name);
    if (outcome === undefined) throw new Error(`missing outcome: ${cell.arm.name}`);
    return { ...cell, outcome };
  });
}

/** Proposals that have the same arms on an axis, in groups. */
export function groupsOf(tuned: readonly Tuned[], axis: Axis): readonly (readonly Proposal[])[] {
  const groups = new Map<string, Proposal[]>();
  for (const proposal of proposalNames) {
    const own = tuned.filter((cell) => cell.axis === axis && cell.proposal === proposal);
    if (own.length === 0) continue;
    const key = JSON.stringify(own.map(({ arm }) => arm.name));
    groups.set(key, [...(groups.get(key) ?? []), proposal]);
  }
  return [...groups.values()];
}

/** The cells of one proposal along one axis in one task, by size. */
export function lineOf(
  tuned: readonly Tuned[],
  {
    axis,
    proposal,
    task,
  }: { readonly axis: Axis; readonly proposal: Proposal; readonly task: string },
): readonly Tuned[] {
  return tuned
    .filter((cell) => cell.axis === axis && cell.proposal === proposal && cell.task.name === task)
    .sort((a, b) => a.ratio - b.ratio);
}

/** Sizes at which something is learnt and the optimum interior that a drift wants: all but one of an axis, and two at least. */
function drift(line: readonly Tuned[]): number | null {
  const own = line.filter(learntAnything);
  const found = driftEstimate(
    own.map(({ ratio }) => ratio),
    own.map(({ outcome }) => sweepOf(outcome)),
  );
  return found !== null && found.sizes.length >= Math.max(2, line.length - 1)
    ? found.estimate
    : null;
}

/** The drift of the best rate along every axis of a profile, by distinct training and task. */
export function driftsOf(evidence: Evidence, tuned: readonly Tuned[]): readonly Drifts[] {
  const { axes } = scaleOf(evidence.profile);
  return axisNames
    .filter((axis) => axes.includes(axis))
    .flatMap((axis) =>
      groupsOf(tuned, axis).map((own): Drifts => {
        const [proposal] = own as [Proposal];
        const drifts = evidence.tasks.flatMap(
          ({ name }) => drift(lineOf(tuned, { axis, proposal, task: name })) ?? [],
        );
        return { axis, proposals: own, drifts };
      }),
    );
}
