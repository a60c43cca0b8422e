import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval, type TheoryLine } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { equalLayers, exactLogNorm, gaussianLogNorm, type RandomLayer } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import type { Finding, Law } from '../../law.ts';
import { resultOf } from '../../law.ts';
import type { LogNorms, LogNormsInput } from './measure.ts';

const activations = ['relu', 'linear'] as const;

interface Grid {
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  readonly nets: number;
}

const grids: Readonly<Record<Profile, Grid>> = {
  smoke: { widths: [16], depths: [4, 8], nets: 64 },
  standard: { widths: [16, 64], depths: [4, 8, 16, 32], nets: 400 },
  full: { widths: [16, 64, 256], depths: [4, 8, 16, 32, 64], nets: 2000 },
};

function cellsOf(profile: Profile): readonly LogNormsInput[] {
  const { widths, depths, nets } = grids[profile];
  return activations.flatMap((activation) =>
    widths.flatMap((width) =>
      depths.map((depth, i) => ({ activation, width, depth, nets, seed: 1000 * width + i })),
    ),
  );
}

const nameOf = ({ activation, width, depth }: LogNormsInput): string =>
  `depth-over-width ${activation} ${width}x${depth}`;

function plan(profile: Profile): readonly Experiment[] {
  return cellsOf(profile).map((input) => ({
    name: nameOf(input),
    kind: 'logNorms',
    input,
    data: [],
    version: 1,
    cost: 5e-9 * input.nets * input.depth * input.width ** 2,
  }));
}

function find(evidence: Evidence): Finding {
  const cells = cellsOf(evidence.profile).map((cell) => {
    const { values } = resultOf<LogNorms>(evidence, nameOf(cell));
    const alive = values.filter((value) => value !== null);
    return { ...cell, alive, layers: equalLayers(cell) };
  });
  const claims = activations.flatMap((activation): Claim[] => {
    const own = cells.filter((cell) => cell.activation === activation);
    const standardised = own.flatMap(({ alive, layers }) => {
      const { mean, variance } = exactLogNorm(layers);
      return alive.map((value) => (value - mean) / Math.sqrt(variance));
    });
    const title = activation === 'relu' ? 'ReLU' : 'linear';
    return [
      agreement({
        name: `Mean of ln‖Ju‖², in its standard deviations: ${title}`,
        predicted: 0,
        measured: meanInterval(standardised),
        tolerance: 0.1,
        test: `t interval over ${standardised.length} nets of ${own.length} shapes`,
      }),
      agreement({
        name: `Variance of ln‖Ju‖² over its prediction: ${title}`,
        predicted: 1,
        measured: meanInterval(standardised.map((z) => z * z)),
        tolerance: 0.15,
        test: `t interval of squares over ${standardised.length} nets of ${own.length} shapes`,
      }),
    ];
  });
  return {
    claims,
    figures: [figure(cells)],
    text: [
      'Each net starts from its own input and weights. The claims compare with the exact moments for every width; the approximation by $\\beta$ alone is the dashed line.',
    ],
  };
}

interface Cell extends LogNormsInput {
  readonly alive: readonly number[];
  readonly layers: readonly RandomLayer[];
}

function figure(cells: readonly Cell[]): Figure {
  const title = ({ activation }: LogNormsInput) => (activation === 'relu' ? 'ReLU' : 'linear');
  const lines = (
    label: string,
    stroke: 'solid' | 'dashed',
    moments: typeof exactLogNorm,
  ): TheoryLine[] =>
    [...new Set(cells.map((cell) => `${cell.activation} ${cell.width}`))].map((key) => {
      const own = cells.filter((cell) => `${cell.activation} ${cell.width}` === key);
      const [first] = own as [Cell];
      return {
        label,
        stroke,
        facet: title(first),
        series: first.width,
        points: own.map(({ depth, layers }) => [depth, moments(layers).variance] as const),
      };
    });
  return {
    id: 'depth-over-width-variance',
    title: 'Fluctuations grow with depth over width',
    caption:
      'Variance over nets of the log of the squared norm, against depth, by width. *Look for* points on the solid line: exact at every width.',
    chart: lawChart({
      x: { title: 'depth', scale: 'log2' },
      y: { title: 'variance of ln‖Ju‖²', scale: 'log10' },
      series: { title: 'width' },
      theory: [...lines('exact', 'solid', exactLogNorm), ...lines('β', 'dashed', gaussianLogNorm)],
      measured: cells.map((cell) => {
        const centre = meanInterval(cell.alive).estimate;
        const { estimate, interval } = meanInterval(cell.alive.map((v) => (v - centre) ** 2));
        return {
          facet: title(cell),
          series: cell.width,
          x: cell.depth,
          y: estimate,
          low: interval[0],
          high: interval[1],
        };
      }),
    }),
  };
}

export const depthOverWidth: Law = {
  id: 'depth-over-width',
  title: 'Depth over width',
  law: 'At initialization $\\ln\\|Ju\\|^2$ of a ReLU or linear net is close to $\\mathcal N(-\\beta/2, \\beta)$, with $\\beta = 5\\sum 1/n_l$ or $2\\sum 1/n_l$: fluctuations grow as depth over width ([1812.05994](https://arxiv.org/abs/1812.05994)).',
  plan,
  find,
};
