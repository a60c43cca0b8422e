import { type Claim, formatInterval, formatNumber, type VerdictWord } from '@hyperlaw/report';
import { type Decision, EXPONENT_MARGIN, type Line } from './decision-rule.ts';
import type { Sorted, Swept } from './evidence.ts';
import { approaches, approachTitles } from './exponents.ts';
import type { Net } from './nets.ts';
import { fittedShare, onePassShare } from './prediction.ts';
import type { FeatureFound } from './random-features/found.ts';

/** What nets are called. */
export const netTitles: Readonly<Record<Net, string>> = {
  transformer: 'transformers',
  mlp: 'MLPs',
};

/** All kinds of nets; the first decides. */
export const nets: readonly Net[] = ['transformer', 'mlp'];

/** Exponents this far from ½ are those of tokens in proportion to parameters, in practice. */
export const SHARE_MARGIN = 0.05;

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
        name: `Difficulty moves the exponent of N_opt as one pass over random features has it: ${netTitles[net]}, ${approachTitles[approach]}`,
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
      unit: 'change of ln D/N per unit of a',
      predicted: '$> 0$',
    },
  ];
}

/** Whether an interval lies within a tolerance of a prediction, beyond it, or across. */
export function agreementWord(
  [low, high]: readonly [number, number],
  predicted: number,
  tolerance: number,
): VerdictWord {
  if (low >= predicted - tolerance && high <= predicted + tolerance) return 'supported';
  return low > predicted + tolerance || high < predicted - tolerance ? 'refuted' : 'inconclusive';
}

function featureClaims(features: readonly FeatureFound[]): readonly Claim[] {
  return features.flatMap(({ training, difficulty, exponent, theory, ratio, measured }) => {
    const asymptotic = training === 'onePass' ? onePassShare(difficulty) : fittedShare;
    const how = training === 'onePass' ? 'trained in one pass' : 'fitted to the end';
    const interval = exponent?.interval ?? null;
    return [
      {
        name: `Exponent of k_opt of random features ${how}, a = ${difficulty}`,
        task: null,
        verdict:
          interval && theory !== null
            ? agreementWord(interval, theory, SHARE_MARGIN)
            : 'inconclusive',
        effect: exponent?.estimate ?? null,
        interval,
        test: 'parabolas at equal n·k, bootstrap over draws',
        pValue: null,
        unit: 'exponent of k_opt in n·k',
        ...(theory !== null && { predicted: theory }),
        tolerance: `± ${SHARE_MARGIN}`,
        note: `Theory at the same sizes; at endless ones it is ${formatNumber(asymptotic)}. Errors over ${measured.length} sizes are ${formatInterval(ratio.estimate, ratio.interval)} of theory’s near the optima.`,
      } satisfies Claim,
    ];
  });
}

/** Is N_opt ∝ D_opt on a task? */
function proportionClaim({ net, task, title, difficulty, scaling, tuned }: Swept): Claim {
  const { envelope, isoflop, parametric } = scaling.exponents;
  const edges = tuned.filter(({ status }) => status !== 'interior').length;
  const others = [envelope, isoflop].map((each, i) => {
    const name = i === 0 ? 'approach 1' : 'approach 2';
    return each ? `${name} has ${formatInterval(each.estimate, each.interval)}` : `${name} none`;
  });
  return {
    name: `Tokens grow in proportion to parameters: ${netTitles[net]} on ${title}`,
    task: task.name,
    verdict: parametric
      ? agreementWord(parametric.interval, fittedShare, SHARE_MARGIN)
      : 'inconclusive',
    effect: parametric?.estimate ?? null,
    interval: parametric?.interval ?? null,
    test: 'approach 3 of 2203.15556, bootstrap of residuals',
    pValue: null,
    unit: 'exponent of N_opt in compute',
    predicted: difficulty === null ? fittedShare : onePassShare(difficulty),
    tolerance: `½ ± ${SHARE_MARGIN}`,
    note: `${others.join(', ')}; ${tuned.length} runs${edges > 0 ? `, ${edges} of them on an edge and left out` : ''}.`,
  };
}
