import { formatInterval } from '@hyperlaw/report';
import { exponentWords, netTitles } from './claims.ts';
import type { Decision } from './decision-rule.ts';
import type { Sorted, Swept } from './evidence.ts';
import { approachTitles } from './exponents.ts';

/** The verdict in one sentence. */
export function statementOf({ swept, decisions }: Sorted): string {
  const { transformer, mlp } = decisions;
  const words: Readonly<Record<Decision['verdict'], string>> = {
    supported:
      'Task difficulty moves the compute-optimal division of small transformers the way that random features over which training passes once predict, by an amount not shown to be another',
    refuted:
      'Random features over which training passes once do not predict how task difficulty divides compute between parameters and tokens',
    mixed:
      'Task difficulty moves the compute-optimal division of small transformers, though not in all as random features predict',
    inconclusive:
      'Whether random features predict how task difficulty divides compute between parameters and tokens is undecided here',
  };
  const approach = transformer.lines.parametric ? 'parametric' : 'isoflop';
  const slope = transformer.lines[approach];
  const measured = slope
    ? `: over ${slope.points} languages of facts with frequencies ∝ i⁻⁽¹⁺ᵃ⁾, the exponent of transformers’ best number of parameters N in compute moves by ${formatInterval(slope.slope, slope.interval)} of what 1/(2 + a) says (${approachTitles[approach]})`
    : '';
  return `${words[transformer.verdict]}${measured}${ratioWords(transformer)}; ${netTitles.mlp}: ${mlp.verdict}${textWords(swept)}.`;
}

function ratioWords({ ratioLine }: Decision): string {
  if (!ratioLine) return '';
  return `, and ln(D/N) by ${formatInterval(ratioLine.slope, ratioLine.interval)} per unit of a`;
}

function textWords(swept: readonly Swept[]): string {
  const found = swept.flatMap(({ difficulty, net, title, scaling }) => {
    return difficulty === null && net === 'transformer'
      ? [`${exponentWords(scaling)} on ${title}`]
      : [];
  });
  return found.length > 0
    ? `; on texts approaches 1 to 3 find the exponent of transformers to be ${found.join('; ')}`
    : '';
}
