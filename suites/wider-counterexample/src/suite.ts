/**
 * Is there a task on which wider is worse? (open question oq-3-5)
 *
 * Question: a counterexample to "a wider MLP, all hyperparameters optimally tuned, performs better".
 *
 * Theory: with ridge optimally tuned, random features only gain from width (2311.14646), and optimal regularisation
 * takes the peak out of double descent (2003.01897), so that a harm of width should need something that tuning cannot
 * reach. Where few features regularise better than any knob does, wider would be worse.
 *
 * Searched: 6,400 noisy staircases learnt from few samples (`staircaseAxes` of the tasks package), width 8 against 128,
 * with learning rate, init scale, weight decay and training time tuned; finds are replicated on fresh draws.
 *
 * Command: HYPERLAW_PROFILE=standard npx turbo run suite:wider-counterexample
 * Cost: `standard` about 5 processor minutes, so 3 minutes on two idle cores; `smoke` 10 seconds; `full` a night on a GPU.
 *
 * Decision rule: `decideHarm` of the report package, fixed before the data and tested on made-up studies.
 *
 * What would change our mind: a find that no longer replicates when more is tuned; or a family with a find.
 */
import { counterexampleSuite, regulariserEdges, staircases } from '@hyperlaw/cli';
import { netOf } from './net.ts';
import { caveats, introduction, method } from './pages.ts';
import { scales } from './scales.ts';

/** The suite, as `hyperlaw run` loads it. */
export const suite = counterexampleSuite({
  name: 'wider-counterexample',
  title: 'Is there a task on which wider is worse?',
  question: {
    id: 'oq-3-5',
    slug: 'wider-is-better-counterexample',
    text: 'Is there a nontrivial example of a task for which a wider network does not perform better, even when all other hyperparameters are optimally tuned?',
  },
  words: { size: 'width', more: 'wider' },
  family: staircases,
  scales,
  netOf,
  harmlessEdges: regulariserEdges,
  seed: 2,
  pages: { introduction, method, caveats },
});
