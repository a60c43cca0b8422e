import {
  type Claim,
  type Figure,
  forestChart,
  LEVEL,
  log2Losses,
  meanInterval,
} from '@hyperlaw/report';
import { mean } from './mean.ts';
import { type Contest, championOf, NEED_MARGIN } from './need-gaps.ts';
import type { NeedDecision } from './need-rule.ts';
import { NEED } from './questions.ts';

const question = NEED.id;
const x = { title: 'log₂ loss over the best normed net' };
const sides = { low: 'better than norms', high: 'worse than norms' };

/** What every replacement comes to: on average, and at its worst. */
export function worstFigure(
  { results, replacements }: NeedDecision,
  claims: readonly Claim[],
): Figure {
  return {
    id: 'worst',
    question,
    title: 'What is lost without norm layers',
    caption: `Of every replacement the largest of its gaps over the contests, with its interval, and the mean of them, with an interval over contests. Gaps are of tuned nets, in $\\log_2$ loss over the best tuned normed net of the same task. *Look for* a largest gap whose whole interval lies below ${NEED_MARGIN.toFixed(2)}, a tenth of the loss: that replacement does without norms everywhere. Colours are the verdicts of the rule. *Do not read* means as the answer: one task in which nets do not train matters more than many in which they do.`,
    chart: forestChart({
      x,
      sides,
      margins: [NEED_MARGIN],
      rows: [
        ...replacements.map(({ title, worst, worstContest }) => ({
          group: 'at its worst',
          label: `${title} (${worstContest ?? 'none'})`,
          effect: worst?.estimate ?? null,
          ...(worst && { low: worst.interval[0], high: worst.interval[1] }),
          verdict:
            claims.find(({ name }) => name === `Does without norms everywhere: ${title}`)
              ?.verdict ?? ('inconclusive' as const),
        })),
        ...replacements.map(({ id, title }) => {
          const gaps = results.flatMap((result) =>
            result.gaps.filter((gap) => gap.id === id).map(({ estimate }) => estimate),
          );
          const over = gaps.length > 1 ? meanInterval(gaps) : null;
          return {
            group: 'mean over contests',
            label: `${title} (${gaps.length})`,
            effect: over?.estimate ?? null,
            ...(over && { low: over.interval[0], high: over.interval[1] }),
            verdict: 'inconclusive' as const,
          };
        }),
      ],
    }),
  };
}

/** Every gap. */
export function gapsFigure({ results }: NeedDecision): Figure {
  return {
    id: 'gaps',
    question,
    title: 'Every replacement in every contest',
    caption: `The same gaps one by one, with intervals that cover seeds and, from the scatter of tasks of a family, tuning. Colours: whether a replacement alone is found to do without norms in a contest (a gap below the margin of ${NEED_MARGIN.toFixed(2)}: supported), not to (above it: refuted), or neither, without correction for their number. An optimum on the edge of its range has a loss that better tuning lowers: a replacement’s lets its gap not count as above, the best norm’s not as below. *Look for* contests in which all replacements stand on one side.`,
    chart: forestChart({
      x,
      sides,
      margins: [NEED_MARGIN],
      rows: results.flatMap(({ title: group, gaps }) =>
        gaps.map(({ title: label, estimate: effect, interval: [low, high], within, beyond }) => ({
          ...{ group, label, effect, low, high },
          verdict:
            within <= LEVEL
              ? ('supported' as const)
              : beyond <= LEVEL
                ? ('refuted' as const)
                : ('inconclusive' as const),
        })),
      ),
    }),
  };
}

/** The normed nets among themselves. */
export function normsFigure(contests: readonly Contest[]): Figure {
  const entrants = new Map<string, { title: string; gaps: number[] }>();
  for (const { instances, seeds } of contests) {
    const all = instances.flatMap(({ normed, ceiling }) => {
      const best = championOf(normed);
      const rows = log2Losses(
        [...normed, best].map((arm) => ({ size: 1, ...arm })),
        { ceiling, seeds },
      );
      return normed.map((arm, i) => ({
        ...arm,
        gap: mean(rows.map((row) => (row[i] as number) - (row[normed.length] as number))),
      }));
    });
    for (const { id, title } of instances[0]?.normed ?? []) {
      const own = entrants.get(id) ?? { title, gaps: [] };
      own.gaps.push(mean(all.filter((arm) => arm.id === id).map(({ gap }) => gap)));
      entrants.set(id, own);
    }
  }
  return {
    id: 'norms',
    question,
    title: 'Which norm is best, once all are tuned',
    caption:
      'Loss of every normed net over the best of them (the one of least loss on tuning seeds), mean over contests with 95 % intervals over contests. *Look for* how little kind and placement matter after tuning. *Do not read* rows as ranks: they share tasks, and differ in which contests have them.',
    chart: forestChart({
      x,
      rows: [...entrants.values()].map(({ title: label, gaps }) => {
        const over = gaps.length > 1 ? meanInterval(gaps) : null;
        return {
          ...{ label: `${label} (${gaps.length})`, effect: over?.estimate ?? null },
          ...(over && { low: over.interval[0], high: over.interval[1] }),
          verdict: 'inconclusive' as const,
        };
      }),
    }),
  };
}
