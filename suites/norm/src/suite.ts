/**
 * What's even going on with norm layers? (open question oq-3-14) Do we really need them? (oq-3-15)
 *
 * Theory: weights that a norm follows are scale-invariant, so that their loss depends on rate/scale² alone
 * (1812.03981), their norm only grows under SGD and their effective rate tunes itself; batch norm keeps representations
 * of examples apart (2003.01652), and any norm keeps residual streams from growing. Whether something simpler does as
 * well is open: bounded maps (2503.10622), branches that start at zero or small (2002.10444, 2103.17239), weights that
 * are standardised (1903.10520) or kept on a sphere (2410.01131), steps in proportion to weights (1708.03888, 1904.00962).
 *
 * Compared: planes of learning rate and init scale with every kind, placement, strength and number of norms, and nets
 * watched while they train (experiments); and, each tuned over learning rate and init scale on the same budget, as many
 * nets with norms as with replacements, on six families of tasks, at two depths, and in a transformer (arms).
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:norm
 * Cost: `standard` about 10 processor minutes, so 5 minutes on two idle cores; `smoke` 15 seconds; `full` a night on a GPU.
 *
 * Decision rules: `account-rule.ts` and `need-rule.ts`, fixed before the data and tested on made-up results.
 *
 * What would change our mind: of the first, a prediction whose interval lies outside its region; of the second, one
 * replacement within a tenth of the loss of the best normed net everywhere.
 */
import { type Evidence, type Judgement, type Suite, verdictArm } from '@hyperlaw/cli';
import { decideAccount } from './account-rule.ts';
import { accountClaims, needClaims } from './claims.ts';
import { contestsOf, tunedOf } from './evidence.ts';
import { decideNeed } from './need-rule.ts';
import { pageOf } from './page.ts';
import { phenomenaPlan } from './phenomena-plan.ts';
import { planOf } from './plan.ts';
import { predictionsOf } from './predictions.ts';
import { ACCOUNT, NEED } from './questions.ts';
import { accountStatement, needStatement } from './statement.ts';
import { familiesOf, phenomenonLaws, textLaws } from './tasks.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite: Suite = {
  name: 'norm',
  title: 'What are norm layers for, and do we need them?',
  question: ACCOUNT,
  tasks: (profile) => {
    const compared = familiesOf(profile).flatMap(({ laws }) => laws);
    const named = phenomenonLaws(profile);
    // The first instance of a family is the task of its phenomena.
    const alike = (law: object) =>
      compared.some((one) => JSON.stringify(one) === JSON.stringify(law));
    return [...compared, ...named.filter((law) => !alike(law)), ...textLaws(profile)];
  },
  plan: planOf,
  experiments: {
    module: new URL('./experiments.ts', import.meta.url).href,
    plan: phenomenaPlan,
  },
  judge,
  page: pageOf,
};

function judge(evidence: Evidence): Judgement {
  const account = decideAccount(predictionsOf(evidence));
  const need = decideNeed(contestsOf(evidence));
  return {
    verdict: account.verdict,
    statement: accountStatement(account),
    further: [{ question: NEED, verdict: need.verdict, statement: needStatement(need) }],
    claims: [...accountClaims(account), ...needClaims(need)],
    arms: tunedOf(evidence).map((arm) =>
      verdictArm({ ...arm, parameterization: arm.contestant.title }),
    ),
  };
}
