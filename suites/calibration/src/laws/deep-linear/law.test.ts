import { modeCourse, timeToStrength } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import type { BalanceDrift, BalanceDriftInput } from './balance-drift.ts';
import type { Course, CourseInput } from './course.ts';
import { deepLinear } from './law.ts';

/** Results that follow theory but for a factor on every time, a spread between nets, and the exponent of the drift. */
function madeUp({ clock = 1, drift = 1 }: { readonly clock?: number; readonly drift?: number }) {
  return madeUpEvidence(
    deepLinear,
    ({ kind, input }) =>
      kind === 'linearCourse'
        ? course(input as CourseInput, clock)
        : balance(input as BalanceDriftInput, drift),
    'smoke',
  );
}

function course(input: CourseInput, clock: number): Course {
  const { layers: depth, start, singularValues, learningRate, every, points, seeds } = input;
  const initial = start.kind === 'aligned' ? start.initial : 1e-5;
  const times = Array.from({ length: points + 1 }, (_, i) => (i * every * learningRate) / clock);
  const modes = singularValues.map((singularValue) => ({ depth, singularValue, initial }));
  const gaps = modes.map((mode) => modeCourse(mode, times).map(({ gap }) => gap));
  const loss = times.map((_, i) => gaps.reduce((sum, gap) => sum + (gap[i] ?? 0) ** 2 / 2, 0));
  const halves = modes.map((mode) => clock * timeToStrength(mode, mode.singularValue / 2));
  const spread = (net: number) => 1 + 1e-3 * Math.sin(net);
  const unit = (k: number) => singularValues.map((_, i) => (i === k ? Math.sqrt(initial) : 0));
  return {
    losses: seeds.map((_, net) => loss.map((value) => spread(net) * value)),
    strengths: seeds.map((_, net) =>
      gaps.map((gap, k) => gap.map((value) => spread(net) * ((singularValues[k] ?? 0) - value))),
    ),
    halves: seeds.map((_, net) => halves.map((half) => spread(net) * half)),
    growing: start.kind === 'random' ? seeds.map(() => singularValues.map((_, k) => unit(k))) : [],
  };
}

function balance({ learningRates, seeds }: BalanceDriftInput, exponent: number): BalanceDrift {
  const drifts = learningRates.map((rate) =>
    seeds.map((_, net) => 0.5 * rate ** exponent * (1 + 0.2 * Math.sin(net))),
  );
  return { all: drifts, diagonal: drifts };
}

describe('deep linear nets', () => {
  it('hold where results follow theory', () => {
    const { verdict, claims, figures } = findingOf(deepLinear, madeUp({}));
    expect(claims.filter((claim) => claim.verdict !== 'supported')).toEqual([]);
    expect(verdict).toBe('supported');
    for (const { chart } of figures) expect(() => chart.spec('narrow')).not.toThrow();
  });

  it('fail where modes take a tenth longer', () => {
    const { claims } = findingOf(deepLinear, madeUp({ clock: 1.1 }));
    const times = claims.filter(({ name }) => name.startsWith('Times at which'));
    expect(times.map(({ verdict }) => verdict)).toEqual(['refuted', 'refuted', 'refuted']);
  });

  it('fail where what is conserved drifts as the root of the rate', () => {
    const { verdict, claims } = findingOf(deepLinear, madeUp({ drift: 0.5 }));
    const drifts = claims.filter(({ name }) => name.includes('drift'));
    expect(drifts.map((claim) => claim.verdict)).toEqual(['refuted', 'refuted']);
    expect(verdict).toBe('mixed');
  });

  it('are not measured where an experiment failed, or a mode was never learned', () => {
    const failed = findingOf(
      deepLinear,
      madeUpEvidence(deepLinear, () => null),
    );
    expect(failed.verdict).toBe('inconclusive');
    const never = madeUpEvidence(deepLinear, ({ kind, input }) => {
      if (kind !== 'linearCourse') return balance(input as BalanceDriftInput, 1);
      const made = course(input as CourseInput, 1);
      return { ...made, halves: made.halves.map((net) => net.map(() => null)) };
    });
    const { text, claims, figures } = findingOf(deepLinear, never);
    expect(text[0]).toMatch(/in all its parts: .*a mode was never learned/);
    expect(claims.filter(({ effect }) => effect === null)).toHaveLength(3);
    expect(figures).toHaveLength(4);
  });
});
