import type { Evidence } from '@hyperlaw/cli';
import { log2Losses } from '@hyperlaw/report';
import type { Prediction } from './account-rule.ts';
import { contestsOf } from './evidence.ts';
import { seedMeans } from './mean.ts';
import { NEED_MARGIN } from './need-gaps.ts';

/** What theory predicts of tuned nets with norms of other kinds. */
export function contestPredictions(evidence: Evidence): readonly Prediction[] {
  return [
    {
      id: 'centring',
      name: 'Centring does not matter: RMSNorm is as good as LayerNorm',
      region: { low: -NEED_MARGIN, high: NEED_MARGIN },
      unit: '$\\log_2$ tuned loss, RMSNorm over LayerNorm',
      note: 'Pre-norm with gains, all contests below ([Zhang and Sennrich 2019](https://arxiv.org/abs/1910.07467)).',
      ...between(evidence, 'pre-rms', 'pre-layer'),
    },
    {
      id: 'gains',
      name: 'Gains do not matter',
      region: { low: -NEED_MARGIN, high: NEED_MARGIN },
      unit: '$\\log_2$ tuned loss, without gains over with',
      note: 'Pre-LayerNorm, all contests below; through ReLU the next linear map can hold them while they are positive ([Xu et al. 2019](https://arxiv.org/abs/1911.07013)).',
      ...between(evidence, 'pre-layer-bare', 'pre-layer'),
    },
  ];
}

/**
 * log2 of the tuned loss of one normed net over that of another, by contest and seed; tasks in which one of them stands on
 * an edge are left out, since better tuning would change it.
 */
function between(evidence: Evidence, one: string, other: string) {
  return {
    scattered: true,
    tasks: contestsOf(evidence).flatMap(({ title, seeds, instances }) => {
      const rows = instances.flatMap(({ ceiling, normed: entrants }) => {
        const arms = [one, other].flatMap((id) => entrants.filter((entrant) => entrant.id === id));
        if (arms.some(({ status }) => status === 'edge')) return [];
        const losses = log2Losses(
          arms.map((arm) => ({ size: 1, ...arm })),
          { ceiling, seeds },
        );
        return [losses.map(([a, b]) => (a as number) - (b as number))];
      });
      if (rows.length === 0) return [];
      return [{ title, seeds: seedMeans(rows) }];
    }),
  };
}
