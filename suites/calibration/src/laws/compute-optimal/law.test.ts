import type { Experiment } from '@hyperlaw/sweep';
import { parameterShare } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { tokensPerParameter } from './claims.ts';
import { computeOptimal } from './law.ts';
import type { ScalingFitsInput } from './measure.ts';
import { sourceOf } from './source-of.ts';

/** How made-up estimators depart from good ones. */
interface World {
  readonly bias?: number;
  /** Width of intervals over what it should be. */
  readonly width?: number;
}

function madeUp({ input }: Experiment, { bias = 0, width = 1 }: World): object {
  const { approach, law, repetitions, seed } = input as ScalingFitsInput;
  const normal = sourceOf(seed + 50_000, 'normal');
  const deviation = 0.01;
  const exponents = Array.from(
    { length: repetitions },
    () => parameterShare(law) + bias + deviation * normal(),
  );
  const half = 1.96 * deviation * width;
  return {
    exponents,
    intervals: exponents.map((exponent) => [exponent - half, exponent + half]),
    tokensPerParameter:
      approach === 'parametric'
        ? exponents.map(() => tokensPerParameter(law) * Math.exp(17 * bias + 0.2 * normal()))
        : null,
  };
}

const found = (world: World, failing?: string) =>
  findingOf(
    computeOptimal,
    madeUpEvidence(computeOptimal, (experiment) =>
      experiment.name === failing ? null : madeUp(experiment, world),
    ),
  );

const refuted = (world: World) =>
  found(world)
    .claims.filter(({ verdict }) => verdict === 'refuted')
    .map(({ name }) => name.split(',')[0]);

describe('the law of compute-optimal fits', () => {
  it('holds where estimators are unbiased and intervals cover', () => {
    const { verdict, figures } = found({});
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(3);
  });

  it('fails where exponents are biased', () => {
    const names = refuted({ bias: 0.03 });
    expect(names.filter((name) => name === 'Exponent of $N_{\\text{opt}}$')).toHaveLength(6);
    expect(names).toContain('Tokens per parameter at 5.76·10²³ operations');
  });

  it('fails where intervals are too short', () => {
    const name = 'Share of 95 % intervals that hold the planted exponent';
    expect(refuted({ width: 0.7 })).toEqual([name, name, name]);
  });

  it('is undecided where intervals hold anything', () => {
    expect(found({ width: 10 }).verdict).not.toBe('refuted');
  });

  it('says so where an experiment failed', () => {
    const { verdict, text } = found({}, 'compute-optimal isoflop mostly tokens 2');
    expect(verdict).toBe('inconclusive');
    expect(text.join()).toContain('could not be measured');
  });
});
