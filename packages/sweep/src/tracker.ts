import type { Arm, ArmOutcome } from './arm.ts';
import { meanLoss } from './mean-loss.ts';
import type { CostModel } from './pack.ts';
import type { ProgressState } from './progress.ts';
import { formatBest } from './progress.ts';
import type { Protocol } from './protocol.ts';
import { planArm, screenSteps } from './protocol.ts';
import type { SweepEvent } from './scheduler.ts';

/** Packs that must be done before their speed tells how long the rest takes. */
const TELLING_PACKS = 4;

/** Counts what a sweep has done against what it planned. */
export interface Tracker {
  event(event: SweepEvent): void;
  armDone(outcome: ArmOutcome): void;
  state(): ProgressState;
}

/** A tracker of planned work in the units of the cost model; `now` gives seconds. */
export function createTracker({
  arms,
  protocol,
  cost,
  now,
}: {
  readonly arms: readonly Arm[];
  readonly protocol: Protocol;
  readonly cost: CostModel;
  readonly now: () => number;
}): Tracker {
  const start = now();
  const open = new Map(arms.map((arm) => [arm.name, { arm, ...plannedWork(arm, protocol, cost) }]));
  const seen = new Set<string>();
  const best = new Map<string, NonNullable<ProgressState['best']>>();
  const counts = { done: 0, reused: 0, diverged: 0, failed: 0, modelSteps: 0 };
  let armsDone = 0;
  let packsDone = 0;
  /** When the first pack was done, and what was trained by then: until then workers start, which says nothing of the rest. */
  let warm = { at: start, cost: 0 };
  let trainedCost = 0;
  let settledCost = 0;
  let latest: ProgressState['best'] = null;

  const trial = ({ arm: name, spec, record, trained }: SweepEvent & { kind: 'trial' }) => {
    if (!seen.has(record.key)) {
      seen.add(record.key);
      counts.done++;
      if (!trained) counts.reused++;
      if (record.status === 'diverged') counts.diverged++;
      if (record.status === 'failed') counts.failed++;
      if (trained) settledCost += cost.costOf(spec);
      const work = open.get(name);
      if (work) {
        work.trials--;
        work.cost -= cost.costOf(spec);
      }
    }
    const full = open.get(name)?.arm.steps === spec.steps;
    const { loss } = record;
    if (full && loss !== null && loss < (best.get(name)?.loss ?? Infinity)) {
      const tuned = open.get(name)?.arm.space.map((knob) => knob.name) ?? [];
      const knobs = Object.fromEntries(tuned.map((knob) => [knob, spec.knobs[knob] ?? Number.NaN]));
      latest = { arm: name, loss, knobs };
      best.set(name, latest);
    }
  };

  return {
    event(event) {
      if (event.kind === 'trial') trial(event);
      if (event.kind === 'packDone' && ++packsDone === 1) warm = { at: now(), cost: trainedCost };
      if (event.kind === 'steps') {
        counts.modelSteps += event.modelSteps;
        trainedCost += event.cost;
      }
    },
    armDone({ arm }) {
      armsDone++;
      open.delete(arm);
    },
    state() {
      const left = [...open.values()];
      const trialsLeft = left.reduce((sum, { trials }) => sum + Math.max(0, trials), 0);
      const costLeft = left.reduce((sum, one) => sum + Math.max(0, one.cost), 0);
      const inFlight = Math.max(0, trainedCost - settledCost);
      const elapsedSeconds = now() - start;
      const warmCost = trainedCost - warm.cost;
      return {
        ...counts,
        planned: counts.done + trialsLeft,
        arms: { done: armsDone, total: arms.length },
        elapsedSeconds,
        secondsLeft:
          packsDone >= TELLING_PACKS && warmCost > 0
            ? (Math.max(0, costLeft - inFlight) * (now() - warm.at)) / warmCost
            : null,
        best: latest,
      };
    },
  };
}

function plannedWork(arm: Arm, protocol: Protocol, cost: CostModel) {
  const plan = Object.entries(planArm(arm, protocol));
  const trials = plan.reduce((sum, [, stage]) => sum + stage.trials, 0);
  const short = screenSteps(arm, protocol);
  return {
    trials,
    cost: plan.reduce((sum, [name, stage]) => {
      const steps = name === 'screen' ? short : arm.steps;
      return sum + stage.trials * cost.costOf({ task: arm.task, shape: arm.shape, steps });
    }, 0),
  };
}

/** One line on a finished arm; seeds on which its winner diverged are said, never left out of a mean. */
export function formatArm({ arm, status, edges, winner, judged, trials }: ArmOutcome): string {
  const loss = meanLoss(judged);
  const lost = judged.filter((one) => one.loss === null).length;
  return [
    winner && loss !== null ? formatBest({ arm, loss, knobs: winner.knobs }) : arm,
    lost > 0 ? `no loss on ${lost} of ${judged.length} judging seeds` : '',
    [status, ...edges.map(({ knob, side, reason }) => `${knob} ${side} (${reason})`)].join(' '),
    `${trials.total} trials, ${trials.diverged} diverged`,
  ]
    .filter(Boolean)
    .join(' · ');
}
