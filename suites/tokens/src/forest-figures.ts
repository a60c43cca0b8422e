import { type Claim, type Figure, forestChart } from '@hyperlaw/report';
import { nets, netTitles } from './claims.ts';
import type { Sorted } from './evidence.ts';
import { approaches, approachTitles } from './exponents.ts';
import { fittedShare } from './prediction.ts';
import { SHARE_MARGIN } from './proportion.ts';

/** Slopes with their verdicts. */
export function slopesFigure({ decisions }: Sorted): Figure {
  return {
    id: 'slopes',
    title: 'Measured exponents against predicted ones, by approach',
    caption:
      'Slope of measured over predicted exponent across languages: 1 if difficulty moves the division as one pass over random features says, 0 if it moves nothing. *Look for* agreement of the approaches: the rule takes what two of three say. *Do not read* a slope near 1 as a check of the level; the claims say how far exponents are off on average.',
    chart: forestChart({
      x: { title: 'slope of measured over predicted exponent' },
      reference: 1,
      rows: nets.flatMap((net) =>
        approaches.map((approach) => {
          const line = decisions[net].lines[approach];
          return {
            group: netTitles[net],
            label: approachTitles[approach],
            effect: line?.slope ?? null,
            ...(line && { low: line.interval[0], high: line.interval[1] }),
            verdict: decisions[net].words[approach],
          };
        }),
      ),
    }),
  };
}

/** Exponents of every task, with the claims' verdicts on proportion. */
export function proportionFigure({ swept }: Sorted, claims: readonly Claim[]): Figure {
  return {
    id: 'proportion',
    title: 'Are tokens proportional to parameters?',
    caption:
      'Exponent $s$ of $N_{\\text{opt}} \\propto C^s$ by approach 3 on every task; at ½ tokens grow in proportion to parameters. Colours are the claims’ verdicts, for which two approaches must agree: *supported* within ½ ± 0.05, *refuted* beyond, *inconclusive* where intervals lie across or approaches differ. *Look for* the texts among the languages: which difficulty do they behave like? *Do not read* small nets’ exponents on bytes as those of large language models.',
    chart: forestChart({
      x: { title: 'exponent s' },
      reference: fittedShare,
      margins: [fittedShare - SHARE_MARGIN, fittedShare + SHARE_MARGIN],
      sides: { low: 'tokens grow faster', high: 'parameters grow faster' },
      rows: nets.flatMap((net) =>
        swept
          .filter((each) => each.net === net)
          .map(({ title, scaling, task }) => {
            const found = scaling.exponents.parametric;
            const claim = claims.find(
              (each) => each.task === task.name && each.name.includes(netTitles[net]),
            );
            return {
              group: netTitles[net],
              label: title,
              effect: found?.estimate ?? null,
              ...(found && { low: found.interval[0], high: found.interval[1] }),
              verdict: claim?.verdict ?? ('inconclusive' as const),
            };
          }),
      ),
    }),
  };
}
