import {
  type Figure,
  forestChart,
  formatChange,
  HARM_MARGIN,
  HEADROOM,
  lawChart,
  meanInterval,
  trendChart,
} from '@hyperlaw/report';
import { levelsAt } from '@hyperlaw/sweep';
import type { CounterexampleDeclaration } from './declaration.ts';
import { meanLog2Losses } from './evidence.ts';
import { axesFigure, beliefFigure } from './family-figures.ts';
import type { Told } from './statement.ts';

/** A harm of 1 would double the loss. */
const HARM_AXIS = 'log₂ loss, larger net over smaller';

/** Harm, less what the smaller net falls short of learning, in log₂ loss. */
export const MERIT_AXIS = 'what the search maximises';

/** Two standard errors over seeds. */
const SPAN = 2;

/** The figures of a search, in the order of the story. */
export function figuresOf(declaration: CounterexampleDeclaration, told: Told): readonly Figure[] {
  const figures = [
    finalistsFigure(declaration, told),
    ladderFigure(declaration, told),
    progressFigure(told),
    beliefFigure(declaration, told),
    axesFigure(declaration, told),
    curseFigure(told),
  ];
  return figures.filter((figure) => figure !== null);
}

/** The replicated harm of every finalist. */
function finalistsFigure({ words }: CounterexampleDeclaration, { decision, scale }: Told): Figure {
  const { small, large } = scale.sizes;
  return {
    id: 'finalists',
    title: `Harm of ${words.size} ${large} over ${words.size} ${small} where the search put it forward`,
    caption: `Mean over ${scale.plan.draws} fresh draws of each finalist, every draw tuned anew with seeds of its own, intervals over draws that hold for all finalists at once (95 %); colours are the verdicts of the rule below. In the tasks’ names $d$ is the input dimension, $n$ the size of the training set, $\\sigma$ the label noise, $\\alpha$ and $\\beta$ the exponents of the input’s and the target’s spectrum. *Look for* harm above ${HARM_MARGIN} (dashed; ${formatChange(HARM_MARGIN)} of the loss). The colours decide: they are one-sided tests corrected by Holm, and so may find what an interval, which is two-sided and of Bonferroni’s width, still leaves open. *Do not compare* these with what the search measured: that chose them.`,
    chart: forestChart({
      x: { title: HARM_AXIS },
      margins: [HARM_MARGIN],
      sides: { low: `${words.more} is better`, high: `${words.more} is worse` },
      rows: decision.finalists.map(({ title, replicated, verdict }) => ({
        label: title,
        effect: replicated.estimate,
        low: replicated.interval[0],
        high: replicated.interval[1],
        verdict,
      })),
    }),
  };
}

/** Loss of the task found against size, on draws that chose nothing. */
function ladderFigure(
  declaration: CounterexampleDeclaration,
  { findings: { ladder }, decision, scale }: Told,
): Figure | null {
  if (ladder === null || ladder.draws.length < 2) return null;
  const { words, family } = declaration;
  const title = family.titleOf(levelsAt(family.axes, ladder.point));
  const { small } = scale.sizes;
  const at = ladder.sizes.indexOf(small);
  const losses = ladder.draws.map(({ outcomes }) =>
    meanLog2Losses(declaration, ladder.point, outcomes, ladder.sizes),
  );
  const points = ladder.sizes.map((size, i) => {
    const { estimate, interval } = meanInterval(
      losses.map((row) => (row[i] ?? 0) - (row[at] ?? 0)),
    );
    return { x: size, y: estimate, low: interval[0], high: interval[1] };
  });
  const known = decision.finalists.some(
    (one) => one.title === title && one.verdict === 'supported',
  );
  return {
    id: 'found',
    title: `${known ? 'The counterexample' : 'The worst finalist'}: tuned loss against ${words.size}`,
    caption: `${title}: $\\log_2$ of the tuned test loss at every ${words.size} over that at ${words.size} ${small}, mean over ${ladder.draws.length} draws that neither the search nor the replication saw, 95 % intervals over draws. *Look for* ${known ? 'whether the line rises all the way, or at one size alone' : 'whether anything rises at all'}. *Do not read* the interval at ${small}, which is the reference and has none.`,
    chart: trendChart({
      x: { title: words.size },
      y: { title: `log₂ loss over that at ${words.size} ${small}`, scale: 'linear' },
      points,
      rules: [{ y: 0, label: 'no difference' }],
    }),
  };
}

/** Every task in the order of the search, with the best so far. */
function progressFigure({ findings: { searched }, scale }: Told): Figure {
  const series = (round: number) => (round === 0 ? 'drawn at random' : 'chosen by the search');
  let best = searched[0]?.value ?? 0;
  const record = searched.flatMap(({ value }, i): readonly (readonly [number, number])[] => {
    const before = best;
    best = Math.max(best, value);
    return [
      [i + 1, before],
      [i + 1, best],
    ];
  });
  return {
    id: 'progress',
    title: 'The search, task by task',
    caption: `What the search maximises, one draw a task: the harm of the larger net ($\\log_2$ loss over the smaller one’s), less what the smaller one falls short of ${HEADROOM} below a constant prediction (where nothing is learnt nothing can be lost). Bars of ${SPAN} standard errors over seeds (tuning noise is not in them); the line is the best so far. *Look for* whether points right of the ${scale.plan.search.sample} drawn at random lie higher. *Do not read* the line as harm: it picks the luckiest measurement.`,
    chart: lawChart({
      x: { title: 'tasks measured' },
      y: { title: MERIT_AXIS },
      series: { title: 'task' },
      measured: searched.map(({ value, variance, round }, i) => ({
        series: series(round),
        x: i + 1,
        y: value,
        low: value - SPAN * Math.sqrt(variance),
        high: value + SPAN * Math.sqrt(variance),
      })),
      measuredLabel: 'measured',
      theory: [{ points: record, label: 'best so far' }],
      rules: [{ axis: 'y', at: 0, label: '' }],
    }),
  };
}

/** What the search said of its finalists against what came of them. */
function curseFigure({ decision: { finalists } }: Told): Figure | null {
  if (finalists.length < 2) return null;
  const place = (said: number, one: (typeof finalists)[number], series: string) => ({
    series,
    x: said,
    y: one.replicated.estimate,
    low: one.replicated.interval[0],
    high: one.replicated.interval[1],
  });
  const points = finalists.flatMap((one) => [
    place(one.found, one, 'as measured'),
    place(one.believed, one, 'as its model believed'),
  ]);
  const ends = points.flatMap(({ x, y }) => [x, y]);
  const line = [Math.min(...ends), Math.max(...ends)].map((at) => [at, at] as const);
  return {
    id: 'winners-curse',
    title: 'What the search said, and what came of it',
    caption:
      'Replicated harm of every finalist against what the search had measured on its own draw, and against what its model believed after shrinking luck towards the neighbourhood. *Look for* points below the line: there the search flattered its find, which is why only replications count.',
    chart: lawChart({
      x: { title: 'harm, as the search saw it' },
      y: { title: 'replicated harm' },
      series: { title: 'search' },
      measured: points,
      measuredLabel: 'replicated, with interval',
      theory: [{ points: line, label: 'search and replication agree' }],
    }),
  };
}
