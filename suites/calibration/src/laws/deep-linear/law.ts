import type { Evidence } from '@hyperlaw/cli';
import type { Finding, Law } from '../../law.ts';
import { drawn, findingOfParts, type Part } from '../../not-measured.ts';
import { balanceClaims, balanceFigure, planBalance, quantitiesOf } from './balance.ts';
import { courseClaims } from './course-claims.ts';
import { staircaseFigure, strengthFigure, timesFigure } from './course-figures.ts';
import { coursesOf, planCourses } from './courses.ts';

function find(evidence: Evidence): Finding {
  const courses = coursesOf(evidence);
  const quantities = quantitiesOf(evidence);
  const { found } = courses;
  const parts: readonly Part[] = [
    {
      claims: [...courseClaims(found), ...courses.missing],
      figures: [strengthFigure, staircaseFigure, timesFigure].flatMap((figure) =>
        drawn(() => figure(found)),
      ),
    },
    {
      claims: [...balanceClaims(quantities.found), ...quantities.missing],
      figures: quantities.found.length > 0 ? [balanceFigure(quantities.found)] : [],
    },
  ];
  return findingOfParts(parts, [
    'Core’s MLP with linear activations and without biases descends on 32 examples of whitened inputs, all at once, to a map with singular values 4, 2 and 1. From an *aligned* start every layer passes each mode on with the factor $a_0^{1/L}$, in hidden bases drawn for each net, and nothing else: there the exact solution $\\dot a = L\\, a^{2-2/L}(s - a)$ holds as it stands.',
    'From a *random* start, small Gaussian weights in two layers, only the part $z = (W_1 v + W_2^\\top u)/2$ of each mode grows, and what of it overlaps a stronger mode decays once that is learned. So theory sets out from the squared norm of the rest, and nothing is fitted there either.',
    'The balance of layers is followed on ordinary nets and an ordinary task, a tanh teacher, where nothing is small or aligned.',
  ]);
}

export const deepLinear: Law = {
  id: 'deep-linear',
  title: 'Deep linear nets',
  law: 'Modes of a deep linear net on whitened inputs follow $\\dot a = L\\, a^{2-2/L}(s-a)$, which from small starts makes a staircase of saddles with known times; gradient flow conserves $W_{l+1}^\\top W_{l+1} - W_l W_l^\\top$, and descent changes it by $O(\\eta)$ ([1312.6120](https://arxiv.org/abs/1312.6120), [2106.15933](https://arxiv.org/abs/2106.15933)).',
  plan: (profile) => [...planCourses(profile), ...planBalance(profile)],
  find,
};
