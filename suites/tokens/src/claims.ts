import {
  type Claim,
  formatInterval,
  formatNumber,
  meanInterval,
  type VerdictWord,
} from '@hyperlaw/report';
import { type Decision, EXPONENT_MARGIN, type Line } from './decision-rule.ts';
import type { Sorted, Swept } from './evidence.ts';
import { approaches, approachTitles } from './exponents.ts';
import type { Net } from './nets.ts';
import { fittedShare, onePassShare } from './prediction.ts';
import { proportionWord, SHARE_MARGIN } from './proportion.ts';
import type { FeatureFound } from './random-features/found.ts';

/** What nets are called. */
export const netTitles: Readonly<Record<Net, string>> = {
  transformer: 'transformers',
  mlp: 'MLPs',
};

/** All kinds of nets; the first decides. */
export const nets: readonly Net[] = ['transformer', 'mlp'];

/** Everything that is claimed, what decides first. */
export function claimsOf(
  { swept, decisions }: Sorted,
  features: readonly FeatureFound[],
): readonly Claim[] {
  return [
    ...nets.flatMap((net) => movesClaims(net, decisions[net])),
    ...featureClaims(features),
    ...swept.map(proportionClaim),
  ];
}

function movesClaims(net: Net, decision: Decision): readonly Claim[] {
  const { lines, words, ratioLine, ratio } = decision;
  const test = (line: Line | null) =>
    line ? `slope over ${line.points} languages, Student’s t interval` : 'too few languages';
  return [
    ...approaches.map(
      (approach): Claim => ({
        name: `Difficulty moves the exponent of $N_\\text{opt}$ the way one pass over random features has it, by an amount not shown to be another: ${netTitles[net]}, ${approachTitles[approach]}`,
        task: null,
        verdict: words[approach],
        effect: lines[approach]?.slope ?? null,
        interval: lines[approach]?.interval ?? null,
        test: test(lines[approach]),
        pValue: null,
        unit: 'measured exponent per predicted one',
        predicted: 1,
        tolerance: `± ${EXPONENT_MARGIN}`,
        ...(lines[approach] && {
          note: `The exponents themselves are off by ${formatNumber(lines[approach].offset, 2)} on average.`,
        }),
      }),
    ),
    {
      name: `Easier languages want more tokens a parameter at the same budget: ${netTitles[net]}`,
      task: null,
      verdict: ratio,
      effect: ratioLine?.slope ?? null,
      interval: ratioLine?.interval ?? null,
      test: test(ratioLine),
      pValue: null,
      unit: 'change of $\\ln D/N$ per unit of $a$',
      predicted: '$> 0$',
    },
  ];
}

/** Whether an interval lies within a tolerance of a prediction, beyond it, or across. */
function agreementWord(
  [low, high]: readonly [number, number],
  predicted: number,
  tolerance: number,
): VerdictWord {
  if (low >= predicted - tolerance && high <= predicted + tolerance) return 'supported';
  return low > predicted + tolerance || high < predicted - tolerance ? 'refuted' : 'inconclusive';
}

/** Mean test errors this far from theory's, as a share, are its errors in practice. */
const ERROR_TOLERANCE = 0.05;

function featureClaims(features: readonly FeatureFound[]): readonly Claim[] {
  return (['onePass', 'fitted'] as const).flatMap((training): readonly Claim[] => {
    const own = features.filter((each) => each.training === training);
    if (own.length < 2) return [];
    const onePass = training === 'onePass';
    const how = onePass ? 'trained in one pass' : 'fitted to the end';
    const test = `mean over ${own.length} difficulties, t interval`;
    const ratio = meanInterval(own.map((each) => each.ratio.estimate));
    const exponents = own.flatMap(({ exponent, theory, difficulty }) =>
      exponent && theory !== null ? [{ measured: exponent.estimate, theory, difficulty }] : [],
    );
    const off = exponents.length > 1 ? exponents.map((e) => e.measured - e.theory) : null;
    const difference = off && meanInterval(off);
    const theories = exponents.map((e) => `${formatNumber(e.theory, 2)} at a = ${e.difficulty}`);
    return [
      {
        name: `Test errors of random features ${how} are those of theory`,
        task: null,
        verdict: agreementWord(ratio.interval, 1, ERROR_TOLERANCE),
        effect: ratio.estimate,
        interval: ratio.interval,
        test,
        pValue: null,
        unit: 'measured error over expected, near the optima',
        predicted: 1,
        tolerance: `± ${ERROR_TOLERANCE}`,
      },
      {
        name: `Optima of random features ${how} move with n·k as theory has it`,
        task: null,
        verdict: difference
          ? agreementWord(difference.interval, 0, SHARE_MARGIN)
          : ('inconclusive' as const),
        effect: difference?.estimate ?? null,
        interval: difference?.interval ?? null,
        test,
        pValue: null,
        unit: 'measured exponent of $k_{\\text{opt}}$ less theory’s at the same sizes',
        predicted: 0,
        tolerance: `± ${SHARE_MARGIN}`,
        note: `Theory at these sizes has ${theories.join(', ')}; at endless ones it has ${onePass ? '1/(2 + a)' : '½'}.`,
      },
    ];
  });
}

/** Is N_opt ∝ D_opt on a task? */
function proportionClaim({ net, task, title, difficulty, scaling, tuned }: Swept): Claim {
  const { parametric } = scaling.exponents;
  const edges = tuned.filter(({ status }) => status !== 'interior').length;
  return {
    name: `Tokens grow in proportion to parameters: ${netTitles[net]} on ${title}`,
    task: task.name,
    verdict: proportionWord(scaling.exponents),
    effect: parametric?.estimate ?? null,
    interval: parametric?.interval ?? null,
    test: 'what two of the three approaches of 2203.15556 say, the number that of approach 3; bootstrap of residuals',
    pValue: null,
    unit: 'exponent of $N_{\\text{opt}}$ in compute',
    predicted: fittedShare,
    tolerance: `± ${SHARE_MARGIN}`,
    note: `${difficulty === null ? '' : `One pass over random features predicts ${formatNumber(onePassShare(difficulty))}. `}Approaches 1 to 3 have ${exponentWords(scaling)}; ${tuned.length} runs${edges > 0 ? `, ${edges} of them on an edge and left out` : ''}.`,
  };
}

/** The exponents that the three approaches find, in their order. */
export function exponentWords({ exponents }: Swept['scaling']): string {
  const words = approaches.map((approach) => {
    const found = exponents[approach];
    return found ? formatInterval(found.estimate, found.interval) : 'none';
  });
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
