import type { Evidence, Profile } from '@hyperlaw/cli';
import type { MlpShape } from '@hyperlaw/core';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { Homogeneity, HomogeneityInput } from './homogeneity.ts';
import { pointOf } from './nets.ts';

const DEPTH = 3;
/** None a power of two, which floats would not notice. */
const FACTORS = [0.001, 0.01, 0.1, 0.3, 3, 10, 100, 1000] as const;

const nets = [
  { title: 'ReLU', activation: 'relu', bias: false },
  { title: 'ReLU with biases', activation: 'relu', bias: true },
  { title: 'tanh', activation: 'tanh', bias: false },
] as const;
const ways = [
  { scaled: 'input', title: 'factor on the input', degree: 1 },
  { scaled: 'weights', title: 'factor on all weights', degree: DEPTH + 1 },
] as const;

const seedsOf: Readonly<Record<Profile, number>> = { smoke: 2, standard: 16, full: 64 };
const nameOf = (net: string, scaled: string): string =>
  `scale-invariance homogeneity, ${net}, ${scaled}`;

/** One experiment for every net and what is scaled in it; nothing is trained. */
export function planHomogeneity(profile: Profile): readonly Experiment[] {
  return nets.flatMap(({ title, activation, bias }, n) =>
    ways.map(({ scaled }, w) => {
      const model: MlpShape = {
        ...{ kind: 'mlp', width: 64, depth: DEPTH, activation, bias, centred: false },
      };
      const input: HomogeneityInput = {
        ...{ model, inputDim: 16, biasScale: 0.3, scaled, factors: FACTORS, examples: 64 },
        seeds: Array.from(
          { length: seedsOf[profile] },
          (_, s) => 1_250_000 + 1000 * (2 * n + w) + s,
        ),
      };
      const name = nameOf(title, scaled);
      return { name, kind: 'homogeneity', input, data: [], version: 1, cost: 0.2 };
    }),
  );
}

/** What was measured of every net, by what was scaled. */
export type Homogeneities = ReturnType<typeof homogeneitiesOf>;

/** Sizes of outputs and errors of every net and what was scaled in it; throws `NotMeasured` where an experiment failed. */
export const homogeneitiesOf = (evidence: Evidence) =>
  nets.flatMap(({ title }) =>
    ways.map((way) => ({
      ...{ net: title, way },
      ...resultOf<Homogeneity>(evidence, nameOf(title, way.scaled)),
    })),
  );

/** That bias-free ReLU nets are homogeneous in their input and in all weights, to round-off. */
export function homogeneityClaims(all: Homogeneities): Claim[] {
  return ways.map(({ scaled, title, degree }) => {
    const { errors } = all.find(
      ({ net, way }) => net === 'ReLU' && way.scaled === scaled,
    ) as Homogeneities[number];
    const perNet = (errors[0] ?? []).map((_, net) => mean(errors.map((row) => row[net] as number)));
    return agreement({
      name: `Relative error of homogeneity of a bias-free ReLU net: ${title}`,
      predicted: 0,
      formula: scaled === 'input' ? '0, of $f(cx) = c f(x)$' : `0, of $f(cW) = c^${degree} f(W)$`,
      measured: meanInterval(perNet),
      // Round-off of float32: 6e-8 a term, over four layers of up to 64 terms.
      tolerance: 1e-5,
      test: `root mean square over inputs, mean over ${FACTORS.length} factors, t interval over ${perNet.length} nets`,
    });
  });
}

/** Sizes of the output against the factor, of nets that are homogeneous and of those that are not. */
export function homogeneityFigure(all: Homogeneities): Figure {
  const range = [FACTORS[0], FACTORS[FACTORS.length - 1] as number] as const;
  return {
    id: 'scale-invariance-homogeneity',
    title: 'A bias-free ReLU net is homogeneous',
    caption:
      'Size of the output over that without the factor, for nets of three hidden layers, mean over nets with 95 % intervals. Lines: degree 1 in the input, degree 4 in the weights of four layers. *Look for* ReLU on the line over six decades, and for biases and saturation that leave it.',
    chart: lawChart({
      x: { title: 'factor c', scale: 'log10' },
      y: { title: 'size of the output', scale: 'log10' },
      series: { title: 'net' },
      theory: ways.map(({ title, degree }) => ({
        facet: title,
        label: 'homogeneous',
        points: range.map((c) => [c, c ** degree] as const),
      })),
      measured: all.flatMap(({ net, way, ratios }) =>
        ratios.map((values, i) => ({
          ...{ facet: way.title, series: net, x: FACTORS[i] as number },
          ...pointOf(values),
        })),
      ),
      columns: 2,
    }),
  };
}
