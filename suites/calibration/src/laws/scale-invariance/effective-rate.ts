import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Claim, type Figure, lawChart, meanInterval } from '@hyperlaw/report';
import type { Experiment } from '@hyperlaw/sweep';
import { effectiveRate, mean } from '@hyperlaw/theory';
import { agreement } from '../../agreement.ts';
import { resultOf } from '../../law.ts';
import type { EffectiveRates, EffectiveRatesInput } from './effective-rates.ts';
import { pointOf, residualNet, teacher, WIDTH } from './nets.ts';

/** Factors on the weights at the start: none a power of two, which floats would not notice. */
const SCALES = [1 / 3, 1, 3] as const;
const scaleTitles: Readonly<Record<number, string>> = { [1 / 3]: '⅓', 1: '1', 3: '3' };
/** Learning rates of the hidden weights where they start as they are: 0.05 times these powers of three. */
const POWERS = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7] as const;

const NAME = 'scale-invariance effective rates';
const sizes: Readonly<Record<Profile, { readonly nets: number; readonly steps: number }>> = {
  smoke: { nets: 2, steps: 50 },
  standard: { nets: 6, steps: 400 },
  full: { nets: 32, steps: 2000 },
};

const cells = POWERS.flatMap((power) =>
  SCALES.map((scale) => ({ scale, power, hiddenRate: 0.05 * 3 ** power * scale ** 2 })),
);

/** One experiment a net, with a lane for every pair of scale and rate. */
export function planEffectiveRate(profile: Profile): readonly Experiment[] {
  const { nets, steps } = sizes[profile];
  // One net an experiment: all of its cells are lanes of one program.
  return Array.from({ length: nets }, (_, net) => {
    const input: EffectiveRatesInput = {
      task: teacher,
      model: residualNet('layer'),
      ...{ batch: 32, steps, learningRate: 0.05 },
      cells: cells.map(({ scale, hiddenRate }) => ({ scale, hiddenRate })),
      seeds: [1_240_000 + net],
    };
    const cost = 0.2 + steps * cells.length * 5e-5;
    return {
      name: `${NAME}, net ${net}`,
      kind: 'effectiveRates',
      input,
      data: [],
      version: 1,
      cost,
    };
  });
}

/** Held-out losses `[net]` of each cell; null where a net diverged. */
export type RateCells = ReturnType<typeof rateCellsOf>;

/**
 * Final losses of every pair of scale and rate, net by net, null where one diverged; throws `NotMeasured` where an
 * experiment failed.
 */
export function rateCellsOf(evidence: Evidence) {
  const { nets } = sizes[evidence.profile];
  const results = Array.from({ length: nets }, (_, net) =>
    resultOf<EffectiveRates>(evidence, `${NAME}, net ${net}`),
  );
  return cells.map((cell, c) => ({
    ...cell,
    losses: results.map(({ losses }) => losses[c]?.[0] ?? null),
  }));
}

/** Root mean square over rates of the spread of ln loss between scales, of one net; infinite where one alone diverged. */
function spreadOf(all: RateCells, net: number): number {
  const squares = POWERS.flatMap((power) => {
    const losses = all
      .filter((cell) => cell.power === power)
      .map((cell) => cell.losses[net] ?? null);
    if (losses.every((loss) => loss === null)) return [];
    const logs = losses.map((loss) => (loss === null ? Number.POSITIVE_INFINITY : Math.log(loss)));
    const centre = mean(logs);
    return [mean(logs.map((value) => (value - centre) ** 2))];
  });
  return Math.sqrt(mean(squares));
}

/** That nets of one effective rate end at one loss; one that diverges alone refutes it. */
export function effectiveRateClaim(all: RateCells): Claim {
  const nets = all[0]?.losses.length ?? 0;
  const spreads = Array.from({ length: nets }, (_, net) => spreadOf(all, net));
  const diverged = spreads.some((spread) => !Number.isFinite(spread));
  return agreement({
    name: 'Difference of ln loss between nets with the same η/‖w‖²',
    predicted: 0,
    // A net that diverged alone refutes the law.
    measured: diverged ? { estimate: 1, interval: [1, 1], level: 0.95 } : meanInterval(spreads),
    // Round-off of 1e-7 that a few hundred steps at any rate amplify, and the 1e-6 that core’s norms add to the mean square.
    tolerance: 0.01,
    unit: 'nats',
    test: `standard deviation over starts, root mean square over rates, t interval over ${nets} nets`,
    ...(diverged && { note: 'A net diverged where one with the same effective rate did not.' }),
  });
}

/** Losses against the rate, where scales differ, and against the effective rate, where they meet. */
export function effectiveRateFigure(all: RateCells): Figure {
  const panels = [
    { facet: 'against the learning rate', x: (cell: RateCells[number]) => cell.hiddenRate },
    {
      facet: 'against the effective rate',
      x: (cell: RateCells[number]) => effectiveRate(cell.hiddenRate, WIDTH * cell.scale ** 2),
    },
  ];
  const loss = (cell: RateCells[number]) => {
    const finite = cell.losses.filter((each) => each !== null);
    return finite.length < cell.losses.length ? { y: null } : pointOf(finite);
  };
  return {
    id: 'scale-invariance-effective-rate',
    title: 'The rate that counts is η/‖w‖²',
    caption:
      'Held-out loss after training residual nets whose hidden weights start at ⅓, 1 and 3 times the usual size, at many learning rates of these weights alone, mean over nets with 95 % intervals. Left: against the rate η. Right: against $\\eta/\\|w_0\\|^2$; the line joins the points of the usual size. *Look for* three curves that become one, and for rates hundreds of times the best at which nothing diverges, since the first step makes the weights so large.',
    chart: lawChart({
      x: { title: 'η (left), η/‖w‖² (right)', scale: 'log10' },
      y: { title: 'held-out loss' },
      series: { title: 'size of the weights' },
      theory: [
        {
          facet: 'against the effective rate',
          label: 'usual size',
          points: all
            .filter(({ scale }) => scale === 1)
            .map((cell) => [(panels[1] as (typeof panels)[number]).x(cell), loss(cell).y] as const),
        },
      ],
      measured: panels.flatMap(({ facet, x }) =>
        all.map((cell) => ({
          ...{ facet, series: scaleTitles[cell.scale] as string, x: x(cell) },
          ...loss(cell),
        })),
      ),
      columns: 2,
    }),
  };
}
