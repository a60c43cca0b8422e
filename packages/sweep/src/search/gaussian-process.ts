import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Prior } from './kernel.ts';
import { covariance } from './kernel.ts';

/** A value measured at a place of the unit cube. */
export interface Observed {
  readonly place: readonly number[];
  readonly value: number;
  /** Of the measurement, as far as it is known. */
  readonly variance: number;
}

/** A belief about values at places. */
export interface Belief {
  /** Expected value, and standard deviation of the value itself (measurement errors not in it), by place. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /**
   * Takes note that a place (by number) will be measured: deviations shrink as they will, whatever the value, and
   * means stay (the "hallucinated" feedback of Desautels et al. 2014).
   */
  expect(place: number): void;
}

/** A Gaussian process given what was observed. */
export interface GaussianProcess {
  readonly prior: Prior;
  /** Log likelihood of the observations. */
  readonly logLikelihood: number;
  believe(places: readonly (readonly number[])[]): Belief;
}

/** Conditions a Gaussian process on observations (Rasmussen and Williams 2006, algorithm 2.1). Throws where there are none. */
export function gaussianProcess(prior: Prior, observed: readonly Observed[]): GaussianProcess {
  if (observed.length === 0) throw new Error('nothing observed: [] (at least one value)');
  const n = observed.length;
  const gram = Matrix.zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = covariance(prior, observed[i]!.place, observed[j]!.place);
      gram.set(i, j, value);
      gram.set(j, i, value);
    }
    gram.set(i, i, gram.get(i, i) + observed[i]!.variance + prior.nugget ** 2);
  }
  const rows = new CholeskyDecomposition(gram).lowerTriangularMatrix.to2DArray();
  const white = forward(
    rows,
    observed.map(({ value }) => value),
  );
  const logLikelihood = rows.reduce(
    (sum, row, i) => sum - 0.5 * white[i]! ** 2 - Math.log(row[i]!) - 0.5 * Math.log(2 * Math.PI),
    0,
  );
  return {
    prior,
    logLikelihood,
    believe: (places) => {
      const whitened = places.map((place) =>
        forward(
          rows,
          observed.map((each) => covariance(prior, each.place, place)),
        ),
      );
      return belief(prior, places, { whitened, white });
    },
  };
}

function belief(
  prior: Prior,
  places: readonly (readonly number[])[],
  {
    whitened,
    white,
  }: { readonly whitened: readonly number[][]; readonly white: readonly number[] },
): Belief {
  const mean = Float64Array.from(whitened, (row) => dot(row, white));
  const variance = (i: number) =>
    Math.max(0, covariance(prior, places[i]!, places[i]!) - dot(whitened[i]!, whitened[i]!));
  const deviation = Float64Array.from(places, (_, i) => Math.sqrt(variance(i)));
  return {
    mean,
    deviation,
    expect(place) {
      const own = [...whitened[place]!];
      const root = Math.sqrt(variance(place) + prior.nugget ** 2 + 1e-12);
      for (const [i, row] of whitened.entries()) {
        row.push((covariance(prior, places[i]!, places[place]!) - dot(row, own)) / root);
        deviation[i] = Math.sqrt(variance(i));
      }
    },
  };
}

/** Solves L x = b for a lower triangular L. */
function forward(rows: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = [];
  for (let i = 0; i < b.length; i++) {
    const row = rows[i]!;
    let sum = b[i]!;
    for (let j = 0; j < i; j++) sum -= row[j]! * x[j]!;
    x.push(sum / row[i]!);
  }
  return x;
}

/** Over the entries that both have. */
function dot(a: readonly number[], b: readonly number[]): number {
  const n = Math.min(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i]! * b[i]!;
  return sum;
}
