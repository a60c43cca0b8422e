import type { Evidence } from '@hyperlaw/cli';
import {
  type Claim,
  type Estimate,
  type Figure,
  lawChart,
  meanInterval,
  slopeTrend,
} from '@hyperlaw/report';
import { updateExponents } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { Coordinates, CoordinatesInput, LayerName } from './coordinates.ts';
import { layerNames } from './coordinates.ts';
import {
  type ComparedName,
  comparedNames,
  exponentsOf,
  exponentText,
  optimizerTitles,
  parameterizationTitles,
  type WidthOptimizer,
  widthOptimizers,
} from './names.ts';
import { BASE_WIDTH, coordinateChecks, coordinatesName } from './plan.ts';

export interface CoordinatesFound {
  readonly input: CoordinatesInput;
  readonly changes: Coordinates;
}

export function readCoordinates(evidence: Evidence): readonly CoordinatesFound[] {
  return coordinateChecks(evidence.profile).map((input) => ({
    input,
    changes: resultOf<Coordinates>(evidence, coordinatesName(input)),
  }));
}

/** One exponent with its measurement. */
export interface Slope {
  readonly what: string;
  readonly predicted: number;
  readonly measured: Estimate;
}

/** Exponents of the first step: of every layer's own change, and of what the layers after it are handed. */
export function slopesOf(
  found: readonly CoordinatesFound[],
  optimizer: WidthOptimizer,
  parameterization: ComparedName,
): readonly Slope[] {
  const own = found.filter(
    ({ input }) => input.optimizer === optimizer && input.parameterization === parameterization,
  );
  const theory = updateExponents(exponentsOf(parameterization, optimizer), optimizer);
  const widths = own.map(({ input }) => Math.log2(input.width));
  const slope = (kind: 'own' | 'handedOn', layer: LayerName) => {
    const columns = own.map(({ changes }) => changes[kind][layer].map(Math.log2));
    return slopeTrend(
      widths,
      (columns[0] ?? []).map((_, s) => columns.map((column) => column[s] as number)),
    );
  };
  return [
    ...layerNames.map((layer) => ({
      ...{ what: `${layer}, own step`, predicted: theory.own[layer] },
      measured: slope('own', layer),
    })),
    ...(['hidden', 'output'] as const).map((layer) => ({
      ...{ what: `${layer}, handed on`, predicted: theory.handedOn[layer] },
      measured: slope('handedOn', layer),
    })),
  ];
}

// A step's change is a power of the width up to a factor 1 + c n^{-1/2}; with c of order 1 that bends a slope between
// widths 64 and 2048 by about 0.05.
const TOLERANCE = 0.1;

/** How bad a verdict is. */
const ranks = { supported: 0, inconclusive: 1, mixed: 2, refuted: 3 } as const;

/**
 * The claim that says least for theory: the worst verdict, and among equals the interval that reaches farthest. Reach alone
 * would let a wide interval around theory hide a narrow one beside it.
 */
function worstOf(claims: readonly (readonly [Slope, Claim])[]): Claim {
  const reach = ({ predicted, measured: { interval } }: Slope) =>
    Math.max(...interval.map((end) => Math.abs(end - predicted)));
  const worst = claims.reduce((least, next) => {
    const more = ranks[next[1].verdict] - ranks[least[1].verdict];
    return more > 0 || (more === 0 && reach(next[0]) > reach(least[0])) ? next : least;
  });
  return worst[1];
}

export function coordinateClaims(found: readonly CoordinatesFound[]): readonly Claim[] {
  const seeds = found[0]?.input.seeds.length ?? 0;
  return widthOptimizers.flatMap((optimizer) =>
    comparedNames.map((name) => {
      const slopes = slopesOf(found, optimizer, name);
      const listed = (kind: string) =>
        slopes
          .filter((slope) => slope.what.endsWith(kind))
          .map((slope) => exponentText(slope.predicted))
          .join(', ');
      return worstOf(
        slopes.map((slope) => [
          slope,
          agreement({
            name: `Width exponents of the first step, the one of five worst met: ${parameterizationTitles[name]}, ${optimizerTitles[optimizer]}`,
            predicted: slope.predicted,
            formula: `${exponentText(slope.predicted)} (${slope.what})`,
            measured: slope.measured,
            tolerance: TOLERANCE,
            test: `slope over widths, t interval over ${seeds} nets`,
            note: `Theory’s five exponents: ${listed('own step')} for the input, hidden and output layer’s own step; ${listed('handed on')} for what hidden and output layers are handed.`,
          }),
        ]),
      );
    }),
  );
}

export function coordinatesFigure(found: readonly CoordinatesFound[]): Figure {
  const facet = (optimizer: WidthOptimizer, layer: LayerName) =>
    `${optimizerTitles[optimizer]}: ${layer}`;
  const widths = [...new Set(found.map(({ input }) => input.width))];
  const ends = [Math.min(...widths), Math.max(...widths)];
  const cells = widthOptimizers.flatMap((optimizer) =>
    layerNames.flatMap((layer) => comparedNames.map((name) => ({ optimizer, layer, name }))),
  );
  return {
    id: 'parameterizations-coordinates',
    title: 'Coordinate check: how far the first step moves each layer',
    caption:
      'Root mean square change of every layer’s coordinates in one small step, relative to width 64, with 95 % intervals over nets. Lines: powers of the width that theory gives for the whole change; at the output it is a sum of two powers where they differ. *Look for* level points of μP and MFP, which lie on each other, NTP’s hidden layer sinking under SGD, and SP’s rising. SP’s and NTP’s outputs under Adam are still bending towards their lines: there the layer’s own step, smaller by $n^{-1/2}$, weighs in.',
    chart: lawChart({
      x: { title: 'width', scale: 'log2' },
      y: { title: 'change, relative', scale: 'log10' },
      series: { title: 'parameterization' },
      theory: cells.map(({ optimizer, layer, name }) => {
        const { total } = updateExponents(exponentsOf(name, optimizer), optimizer);
        return {
          facet: facet(optimizer, layer),
          series: parameterizationTitles[name],
          label: 'power of the width',
          points: ends.map((width) => [width, (width / BASE_WIDTH) ** total[layer]] as const),
        };
      }),
      measured: cells.flatMap(({ optimizer, layer, name }) => {
        const own = found.filter(
          ({ input }) => input.optimizer === optimizer && input.parameterization === name,
        );
        const base =
          own.find(({ input }) => input.width === BASE_WIDTH)?.changes.total[layer] ?? [];
        return own.map(({ input, changes }) => {
          const logs = changes.total[layer].map((change, s) =>
            Math.log(change / (base[s] as number)),
          );
          const { estimate, interval } = meanInterval(logs);
          return {
            ...{ facet: facet(optimizer, layer), series: parameterizationTitles[name] },
            ...{ x: input.width, y: Math.exp(estimate) },
            ...{ low: Math.exp(interval[0]), high: Math.exp(interval[1]) },
          };
        });
      }),
    }),
  };
}
