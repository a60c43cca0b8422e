import type { Evidence } from '@hyperlaw/cli';
import { formatNumber } from '@hyperlaw/report';
import { chinchillaAsPrinted, chinchillaRefitted } from '@hyperlaw/theory';
import type { Finding, Law } from '../../law.ts';
import { claimsOf, tokensPerParameter } from './claims.ts';
import { figuresOf } from './figures.ts';
import { readFits } from './fits.ts';
import { plan } from './plan.ts';

function find(evidence: Evidence): Finding {
  const all = readFits(evidence);
  const [printed, corrected] = [chinchillaAsPrinted, chinchillaRefitted].map((law) =>
    formatNumber(tokensPerParameter(law)),
  );
  return {
    claims: claimsOf(all),
    figures: figuresOf(all),
    text: [
      'Nothing is trained here: losses are made up from a planted law, in float64 on the host, and handed to the estimators that later suites use on trained nets. Losses of seeds differ by half a per cent that a whole curve shares, and by a third of that from point to point; three seeds each. Every approach gets the runs it asks for: training curves of 14 sizes, nine sizes about a guess (30 % too large) at each of six budgets, or a grid of seven sizes and six amounts of data. Intervals are bootstraps over seeds.',
      'Two laws are planted: the corrected Chinchilla fit, and one whose optimum moves mostly in tokens. What this does not test is another form of law than the one that was fitted, nor sizes that lie differently about the optimum at different budgets, which bias the parabolas of approach 2.',
      `A calculation: at $5.76\\cdot10^{23}$ operations the constants of approach 3 as printed in the paper give ${printed} tokens per parameter, those of [2404.10102](https://arxiv.org/abs/2404.10102) give ${corrected}; the model that was trained had 20.`,
    ],
  };
}

export const computeOptimal: Law = {
  id: 'compute-optimal',
  title: 'Compute-optimal fits',
  law: 'If $L(N, D) = E + A/N^\\alpha + B/D^\\beta$, then $C = 6ND$ operations are best spent on $N_\\text{opt} \\propto C^{\\beta/(\\alpha+\\beta)}$ parameters, and three approaches recover the exponent from losses ([2203.15556](https://arxiv.org/abs/2203.15556)).',
  plan,
  find,
};
