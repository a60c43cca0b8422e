import type { Evidence } from '@hyperlaw/cli';
import { linearGradientMoments, simpleNoiseScale, stepSquaredErrors } from '@hyperlaw/theory';
import { NotMeasured, resultOf } from '../../law.ts';
import type { LinearDescentResult } from './linear-descent.ts';
import { initialSquaredErrors, problem, raceOf, targetLoss } from './linear-regression.ts';
import type { NetRaceResult } from './net-race.ts';
import { linearRaceCells, netRaceCells } from './plan.ts';
import type { Sizes } from './sizes.ts';
import { noiseScaleOf, type Race, type RacePoint, racePoints } from './trade-off.ts';

/** All that was found on one task. */
export interface TaskRaces {
  readonly title: string;
  /** Batch sizes that reached the target with a best rate inside the rates tried. */
  readonly races: readonly Race[];
  readonly points: readonly RacePoint[];
  /** Those whose best rate stands at an end of the rates tried: drawn, and no part of any fit. */
  readonly edges: readonly RacePoint[];
  /** B_simple at the start, and where the target was reached, a mean over batch sizes in the logarithm. */
  readonly noiseScales: { readonly start: number; readonly target: number };
  /** Steps that theory gives without a fit, where it does. */
  readonly exact: ((batch: number) => number) | null;
  /** Batch sizes that did not reach the target. */
  readonly failed: readonly number[];
}

export const LINEAR = 'linear regression';

export function readRaces(evidence: Evidence, sizes: Sizes): readonly TaskRaces[] {
  const linear = linearRaceCells(sizes).map(
    ({ name, input }): Race => ({
      ...input,
      batch: Number(input.batch),
      target: targetLoss,
      losses: resultOf<LinearDescentResult>(evidence, name).losses,
    }),
  );
  const nets = netRaceCells(sizes, evidence.tasks).map(({ name, task, input }) => {
    const result = resultOf<NetRaceResult>(evidence, name);
    const { batch, target } = input;
    return { title: task, result, race: { ...result, batch, target } };
  });
  const titles = [...new Set(nets.map(({ title }) => title))];
  return [
    {
      title: LINEAR,
      ...raced(linear, 720),
      noiseScales: linearScales(linear.map(({ batch }) => batch)),
      exact: (batch) => raceOf(batch).steps,
    },
    ...titles.map((title, i): TaskRaces => {
      const own = nets.filter((net) => net.title === title);
      const mean = (scales: readonly number[]) =>
        Math.exp(scales.reduce((sum, scale) => sum + Math.log(scale), 0) / scales.length);
      return {
        title,
        ...raced(
          own.map(({ race }) => race),
          730 + 10 * i,
        ),
        noiseScales: {
          start: mean(own.map(({ result }) => noiseScaleOf(result.start))),
          target: mean(
            own.flatMap(({ result }) => (result.arrived ? [noiseScaleOf(result.arrived)] : [])),
          ),
        },
        exact: null,
      };
    }),
  ];
}

function raced(
  races: readonly Race[],
  seed: number,
): Pick<TaskRaces, 'races' | 'points' | 'edges' | 'failed'> {
  const all = racePoints(races.map(nearTarget), seed);
  const points = all.filter(({ edge }) => !edge);
  const among = (some: readonly RacePoint[], race: Race) =>
    some.some(({ batch }) => batch === race.batch);
  if (points.length < 3) throw new NotMeasured('fewer than three batch sizes reached the target');
  return {
    races: races.filter((race) => among(points, race)).map(nearTarget),
    points,
    edges: all.filter(({ edge }) => edge),
    failed: races.filter((race) => !among(all, race)).map(({ batch }) => batch),
  };
}

/** Without the checkpoints before the last at which every run of every rate is well above the target. */
function nearTarget(race: Race): Race {
  const above = (k: number) =>
    race.losses.flat().every((run) => !((run[k] ?? Infinity) <= 1.5 * race.target));
  const near = race.checkpoints.findIndex((_, k) => !above(k));
  const from = Math.max(0, near - 1);
  return {
    ...race,
    checkpoints: race.checkpoints.slice(from),
    losses: race.losses.map((ofRate) => ofRate.map((run) => run.slice(from))),
  };
}

/** B_simple of the regression's expected squared errors, at the start and where the best constant rate arrives. */
function linearScales(batches: readonly number[]): TaskRaces['noiseScales'] {
  const scaleAt = (squaredErrors: ArrayLike<number>) =>
    simpleNoiseScale(
      linearGradientMoments({ ...problem, residual: Array.from(squaredErrors, Math.sqrt) }),
    );
  const logs = batches.map((batchSize) => {
    const { steps, learningRate } = raceOf(batchSize);
    const errors = Float64Array.from(initialSquaredErrors);
    for (let t = 0; t < Math.round(steps); t++) {
      stepSquaredErrors(problem, { learningRate, batchSize }, errors);
    }
    return Math.log(scaleAt(errors));
  });
  return {
    start: scaleAt(initialSquaredErrors),
    target: Math.exp(logs.reduce((a, b) => a + b) / logs.length),
  };
}
