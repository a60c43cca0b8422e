import type { Evidence, Profile } from '@hyperlaw/cli';
import { bootstrapInterval, type Claim, type Estimate, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { chi, criticalWeightVariance, mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { NotMeasured, resultOf } from '../../law.ts';
import { BIAS_VARIANCE, netOf } from './nets.ts';
import type { Growth, GrowthInput } from './perturb.ts';

interface Grid extends Pick<GrowthInput, 'width' | 'settle' | 'depth' | 'nets'> {
  readonly weightStep: number;
  readonly biasStep: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { width: 96, settle: 8, depth: 8, nets: 3, weightStep: 0.5, biasStep: 0.05 },
  standard: { width: 512, settle: 15, depth: 60, nets: 12, weightStep: 0.125, biasStep: 0.025 },
  full: { width: 2048, settle: 20, depth: 50, nets: 20, weightStep: 0.0625, biasStep: 0.0125 },
};

const WEIGHTS = { from: 0.5, to: 4 } as const;
const BIASES = { from: 0, to: 0.4 } as const;

const range = ({ from, to }: { from: number; to: number }, step: number): readonly number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) =>
    Number((from + i * step).toFixed(6)),
  );

const NAME = 'order-and-chaos plane';
const AT_A_TIME = 6;

interface PlaneAxes {
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

const axesOf = ({ weightStep, biasStep }: Grid): PlaneAxes => ({
  weights: range(WEIGHTS, weightStep),
  biases: range(BIASES, biasStep),
});

function inputsOf(profile: Profile): readonly GrowthInput[] {
  const { weightStep: _, biasStep: __, ...grid } = grids[profile];
  const { weights, biases } = axesOf(grids[profile]);
  const cells = biases.flatMap((biasVariance) =>
    weights.map((weightVariance) => ({ weightVariance, biasVariance })),
  );
  const parts = Math.ceil(grid.nets / AT_A_TIME);
  return Array.from({ length: parts }, (_, i) => ({
    ...grid,
    cells,
    nets: Math.min(AT_A_TIME, grid.nets - i * AT_A_TIME),
    seed: 5700 + i,
  }));
}

export function planPlane(profile: Profile): readonly Experiment[] {
  return inputsOf(profile).map((input, i) => {
    const { width, settle, depth, nets, cells } = input;
    const layer = 7e-9 * width ** 2 + cells.length * width * (4e-11 * width + 8e-9);
    return {
      name: `${NAME} ${i + 1}`,
      kind: 'perturbationGrowth',
      input,
      data: [],
      version: 1,
      cost: nets * (settle + depth) * layer,
    };
  });
}

/** A point of the plane, and ln of the measured growth of a small difference per layer. */
export interface PlaneCell {
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly logGrowth: number;
  /** Of it, over nets. */
  readonly interval: readonly [low: number, high: number];
}

/** Where the measured growth is 1 at a weight variance. */
export interface CriticalBias {
  readonly weightVariance: number;
  readonly measured: Estimate;
}

export interface PlaneFound {
  readonly cells: readonly PlaneCell[];
  readonly critical: readonly CriticalBias[];
  readonly claims: readonly Claim[];
}

export function planeFound(evidence: Evidence): PlaneFound {
  const { profile } = evidence;
  const inputs = inputsOf(profile);
  const { weights, biases } = axesOf(grids[profile]);
  const nets = inputs.flatMap((_, i) => resultOf<Growth>(evidence, `${NAME} ${i + 1}`).factors);
  const logAt = (chosen: readonly (readonly number[])[], w: number, b: number): number =>
    Math.log(mean(chosen.map((net) => net[b * weights.length + w] as number)));
  const inRow = (biasVariance: number): Estimate => {
    const b = biases.indexOf(biasVariance);
    const row = (chosen: readonly (readonly number[])[]) =>
      weights.map((_, w) => logAt(chosen, w, b));
    return bootstrapInterval(nets, (chosen) => crossing(weights, row(chosen)), {
      seed: 63,
      resamples: 500,
    });
  };
  const columns = weights.filter((weight) => weight > 1 && weight < 2.75 && weight % 0.25 === 0);
  return {
    cells: biases.flatMap((biasVariance, b) =>
      weights.map((weightVariance, w) => {
        const growths = nets.map((net) => net[b * weights.length + w] as number);
        const { estimate, interval } = meanInterval(growths);
        return {
          ...{ weightVariance, biasVariance, logGrowth: Math.log(estimate) },
          interval: [Math.log(Math.max(interval[0], 1e-6)), Math.log(interval[1])] as const,
        };
      }),
    ),
    critical: columns.map((weightVariance) => {
      const w = weights.indexOf(weightVariance);
      const column = (chosen: readonly (readonly number[])[]) =>
        biases.map((_, b) => logAt(chosen, w, b));
      const measured = bootstrapInterval(nets, (chosen) => crossing(biases, column(chosen)), {
        seed: 64,
        resamples: 500,
      });
      return { weightVariance, measured };
    }),
    claims: [
      ...growthClaims(nets, inputs[0]?.cells ?? []),
      ...[BIAS_VARIANCE, 0.3].map((biasVariance) =>
        criticalClaim(biasVariance, inRow(biasVariance), nets.length),
      ),
    ],
  };
}

/** Where values first change their sign, by lines between neighbours; the nearer end where they do not. */
export function crossing(at: readonly number[], values: readonly number[]): number {
  for (let i = 1; i < at.length; i++) {
    const [before, after] = [values[i - 1] as number, values[i] as number];
    if (before === 0 || before * after < 0) {
      const [from, to] = [at[i - 1] as number, at[i] as number];
      return from + ((to - from) * before) / (before - after);
    }
  }
  const [first, last] = [values[0] as number, values.at(-1) as number];
  return (Math.abs(first) < Math.abs(last) ? at[0] : at.at(-1)) as number;
}

/**
 * Tolerance: the length of a net of width N fluctuates by 1/√N a layer, and χ₁ is bent by a few 1/N, at N = 512 1 %. Without
 * biases there is no χ₁ to compare with: lengths of the ordered phase have no fixed point but 0, which they approach for ever.
 */
function growthClaims(
  nets: readonly (readonly number[])[],
  cells: GrowthInput['cells'],
): readonly Claim[] {
  const biased = cells.flatMap(({ weightVariance, biasVariance }, i) =>
    biasVariance > 0 ? [{ i, biasVariance, slope: chi(netOf(weightVariance, biasVariance)) }] : [],
  );
  const least = Math.min(...biased.map(({ biasVariance }) => biasVariance));
  return (['ordered', 'chaotic'] as const).map((phase) => {
    const own = biased.filter(({ slope }) => slope > 1 === (phase === 'chaotic'));
    return agreement({
      name: `Growth of a small squared difference per layer over χ₁: ${phase} phase, σ_b² ≥ ${least}`,
      predicted: 1,
      formula: '$1$, with $\\chi_1 = \\sigma_w^2\\,\\mathrm E\\,\\varphi^\\prime(\\sqrt{q^*}z)^2$',
      measured: () => {
        if (own.length === 0) throw new NotMeasured('no point of the plane lies in this phase');
        return meanInterval(
          nets.map((net) => mean(own.map(({ i, slope }) => (net[i] as number) / slope))),
        );
      },
      tolerance: 0.02,
      test: `mean over ${own.length} points of the plane, t interval over ${nets.length} nets`,
    });
  });
}

/** Tolerance: an error of 2 % of χ₁, as above, moves the crossing by 0.02/(∂χ₁/∂σ_w² ≈ 0.2). */
function criticalClaim(biasVariance: number, measured: Estimate, nets: number): Claim {
  return agreement({
    name: `Critical weight variance at σ_b² = ${biasVariance}`,
    predicted: criticalWeightVariance('tanh', biasVariance),
    formula: `$${criticalWeightVariance('tanh', biasVariance).toFixed(3)}$, where $\\chi_1 = 1$`,
    measured,
    tolerance: 0.1,
    test: `bootstrap over ${nets} nets of where the growth is 1`,
  });
}
