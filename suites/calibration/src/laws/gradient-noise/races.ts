import type { Evidence } from '@hyperlaw/cli';
import { linearGradientMoments, mean, simpleNoiseScale, stepSquaredErrors } from '@hyperlaw/theory';
import { NotMeasured, resultOf } from '../../law.ts';
import { type Readings, readEach } from '../../not-measured.ts';
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

const LINEAR = 'linear regression';

/** Reads every task on its own; one whose data could not be had is not among them. */
export function readRaces(evidence: Evidence, sizes: Sizes): Readings<TaskRaces> {
  const cells = netRaceCells(sizes, evidence.tasks);
  const titles = [...new Set(cells.map(({ task }) => task))];
  return readEach(
    [LINEAR, ...titles],
    (title) => `Steps to a loss against batch size: ${title}`,
    (title) =>
      title === LINEAR
        ? linearRaces(evidence, sizes)
        : netRaces(evidence, {
            ...{ title, seed: 730 + 10 * titles.indexOf(title) },
            cells: cells.filter(({ task }) => task === title),
          }),
  );
}

function linearRaces(evidence: Evidence, sizes: Sizes): TaskRaces {
  const races = linearRaceCells(sizes).map(
    ({ name, input }): Race => ({
      ...input,
      batch: Number(input.batch),
      target: targetLoss,
      losses: resultOf<LinearDescentResult>(evidence, name).losses,
    }),
  );
  return {
    title: LINEAR,
    ...raced(races, 720),
    noiseScales: linearScales(races.map(({ batch }) => batch)),
    exact: (batch) => raceOf(batch).steps,
  };
}

function netRaces(
  evidence: Evidence,
  {
    title,
    cells,
    seed,
  }: {
    readonly title: string;
    readonly cells: ReturnType<typeof netRaceCells>;
    readonly seed: number;
  },
): TaskRaces {
  const nets = cells.map(({ name, input: { batch, target } }) => {
    const result = resultOf<NetRaceResult>(evidence, name);
    return { result, race: { ...result, batch, target } };
  });
  const geometricMean = (scales: readonly number[]) => Math.exp(mean(scales.map(Math.log)));
  return {
    title,
    ...raced(
      nets.map(({ race }) => race),
      seed,
    ),
    noiseScales: {
      start: geometricMean(nets.map(({ result }) => noiseScaleOf(result.start))),
      target: geometricMean(
        nets.flatMap(({ result }) => (result.arrived ? [noiseScaleOf(result.arrived)] : [])),
      ),
    },
    exact: null,
  };
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
    target: Math.exp(mean(logs)),
  };
}
