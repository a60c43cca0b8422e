import { type Evidence, type Judgement, verdictArm } from '@hyperlaw/cli';
import {
  type Claim,
  formatChange,
  holm,
  pairedDifference,
  type VerdictWord,
} from '@hyperlaw/report';
import { type ArmOutcome, tunedStatus } from '@hyperlaw/sweep';
import { contrast } from './contrast.ts';

const LEVEL = 0.05;
const [{ name: without }, { name: having }] = contrast.sides;

/** The rule, as the page prints it and as `decide` follows it. */
export const decisionRule: readonly string[] = [
  `The effect is the difference of $\\log_2$ held-out loss, ${having} minus ${without}, paired by seed, on seeds that tuning never saw.`,
  `*Supported* if it is negative with p < ${LEVEL} (paired t test, Holm over tasks), *refuted* if positive, else *inconclusive*.`,
  'An arm whose optimum stands on the edge of its range is not tuned: of its task nothing is claimed.',
  'Over tasks: one word if all that are decided agree, *mixed* if they do not, *inconclusive* if none is decided.',
];

/** A claim's word from its effect and corrected p value. */
export function decide(effect: number, pValue: number): VerdictWord {
  if (!(pValue < LEVEL)) return 'inconclusive';
  return effect < 0 ? 'supported' : 'refuted';
}

/** The verdict over claims. */
export function overall(words: readonly VerdictWord[]): VerdictWord {
  const decided = new Set(words.filter((word) => word !== 'inconclusive'));
  const [only = 'inconclusive'] = decided;
  return decided.size > 1 ? 'mixed' : only;
}

/** The decision rule on evidence. */
export function judge({ arms, tasks, outcomes }: Evidence): Judgement {
  const pairs = tasks.map((task) => {
    const own = outcomes.filter((_, index) => arms[index]?.task === task.law);
    if (own.length !== 2) {
      throw new Error(`this rule compares two arms of a task, not ${own.length} (src/judge.ts)`);
    }
    return { task: task.name, sides: own as [ArmOutcome, ArmOutcome] };
  });
  const claims = corrected(pairs.map(({ task, sides }) => claimOf(task, sides)));
  const verdict = overall(claims.map((claim) => claim.verdict));
  return {
    verdict,
    statement: claims.map(({ note, name }) => note ?? name).join(' '),
    claims,
    arms: outcomes.flatMap((outcome, index) => {
      const arm = arms[index] as Evidence['arms'][number];
      const task = tasks.find(({ law }) => law === arm.task);
      const { name: parameterization } = arm.parameterization as { name: string };
      return task ? [verdictArm({ task, parameterization, arm, outcome })] : [];
    }),
  };
}

/** Claims with p values corrected for their number, and the words that follow from them. */
function corrected(claims: readonly Claim[]): readonly Claim[] {
  const tested = claims.filter(({ pValue }) => pValue !== null);
  const pValues = holm(tested.map(({ pValue }) => pValue as number));
  return claims.map((claim) => {
    const pValue = pValues[tested.indexOf(claim)];
    return pValue === undefined || claim.effect === null
      ? claim
      : { ...claim, pValue, verdict: decide(claim.effect, pValue) };
  });
}

function claimOf(task: string, [first, second]: readonly [ArmOutcome, ArmOutcome]): Claim {
  const name = `${having} is better than ${without} on ${task}`;
  const pairs = first.judged.flatMap(({ seed, loss }) => {
    const other = second.judged.find((one) => one.seed === seed)?.loss ?? null;
    return loss === null || other === null ? [] : [[Math.log2(other), Math.log2(loss)] as const];
  });
  const unmeasured = { effect: null, interval: null, pValue: null, test: 'none' };
  if (pairs.length < 2) {
    const note = `On ${task} nothing was measured: too few seeds finished.`;
    return { name, task, verdict: 'inconclusive', ...unmeasured, note };
  }
  if ([first, second].some((outcome) => tunedStatus(outcome) !== 'interior')) {
    const note = `On ${task} an optimum stands on the edge of its range.`;
    return { name, task, verdict: 'inconclusive', ...unmeasured, note };
  }
  const { estimate, interval, pValue, test } = pairedDifference(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  );
  const [low, high] = interval.map(formatChange);
  return {
    name,
    task,
    verdict: 'inconclusive',
    effect: estimate,
    interval,
    test: `${test}, Holm over tasks`,
    pValue,
    unit: `$\\log_2$ loss, ${having} minus ${without}`,
    note: `On ${task} the loss changes by ${formatChange(estimate)} [${low}, ${high}] from ${without} to ${having}.`,
  };
}
