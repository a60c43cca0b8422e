/**
 * Is there a task on which deeper is worse? (open question oq-3-7)
 *
 * Question: a counterexample to "a deeper MLP, all hyperparameters optimally tuned, performs better".
 *
 * Theory: none forbids one. A residual net with its branch multiplier tuned to nothing is a linear net of any depth, and
 * at L^{-1/2} it has a limit of infinite depth (2309.16620, 2310.02244); what lies between may be worse than one block
 * wherever the target has no use for composition. At equal width `deeper` could not decide on average, which leaves room
 * for tasks on both sides.
 *
 * Searched: 6,400 noisy staircases learnt from few samples (`staircaseAxes` of the tasks package), depth 1 against 8 at
 * equal width, with learning rate, init scale, branch multiplier, weight decay and training time tuned; finds are
 * replicated on fresh draws.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:deeper-counterexample
 * Cost: `standard` about 5 processor minutes, so 3 minutes on two idle cores; `smoke` 10 seconds; `full` a night on a GPU.
 *
 * Decision rule: `decideHarm` of the report package, fixed before the data and tested on made-up studies.
 *
 * What would change our mind: a find that no longer replicates when more is tuned, or with more steps.
 */
import { counterexampleSuite, regulariserEdges, staircases } from '@hyperlaw/cli';
import { netOf } from './net.ts';
import { caveats, introduction, method } from './pages.ts';
import { scales } from './scales.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite = counterexampleSuite({
  name: 'deeper-counterexample',
  title: 'Is there a task on which deeper is worse?',
  question: {
    id: 'oq-3-7',
    slug: 'deeper-is-better-counterexample',
    text: 'Is there a nontrivial example of a task for which a deeper network does not perform better, even when all other hyperparameters are optimally tuned?',
  },
  words: { size: 'depth', more: 'deeper', where: ' at equal width' },
  family: staircases,
  scales,
  netOf,
  harmlessEdges: regulariserEdges,
  seed: 2,
  pages: { introduction, method, caveats },
});
