import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { valley } from './allocation.ts';
import { expectedErrors } from './errors.ts';
import { randomFeatures } from './law.ts';
import type { RandomFeaturesInput } from './measure.ts';
import type { Ridge } from './ridges.ts';
import { taskOf } from './spectra.ts';

/** What the made-up errors are of those expected, by samples, features and ridge. */
type World = (samples: number, features: number, ridge: Ridge) => number;

const normals = new Float32Array(8192);
randomStream({ seed: 8, role: 'test' }).fillNormal(0, normals);
const expectations = new Map<string, ReturnType<typeof expectedErrors>>();

function madeUp({ input }: Experiment, world: World): object {
  const { spectrum, sizes, ridges, draws, seed } = input as RandomFeaturesInput;
  const task = taskOf(spectrum);
  const errors = (kind: 'test' | 'train') =>
    Array.from({ length: draws }, (_, draw) => {
      // Draws share most of their luck among sizes, as blocks of one draw do.
      const shared = 0.08 * (normals[(31 * seed + draw) % normals.length] as number);
      return sizes.map(([n, k], s) =>
        ridges.map((ridge) => {
          const key = JSON.stringify([spectrum, n, k, ridge]);
          const expected = expectations.get(key) ?? expectedErrors(task, [n, k], ridge);
          expectations.set(key, expected);
          const own = 0.03 * (normals[(97 * seed + 11 * draw + s) % normals.length] as number);
          return expected[kind] * world(n, k, ridge) * (1 + shared + own);
        }),
      );
    });
  return { test: errors('test'), train: errors('train') };
}

function found(world: World, failing?: string) {
  const evidence = madeUpEvidence(randomFeatures, (experiment) =>
    experiment.name === failing ? null : madeUp(experiment, world),
  );
  return findingOf(randomFeatures, evidence);
}

const refuted = (world: World) =>
  found(world)
    .claims.filter(({ verdict }) => verdict === 'refuted')
    .map(({ name }) => name)
    .join('\n');

describe('the law of random features', () => {
  it('holds where errors are as the eigenframework has them', () => {
    const { verdict, figures } = found(() => 1);
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(4);
  });

  it('fails where all errors are larger', () => {
    expect(refuted(() => 1.1)).toMatch(/Test error.*\n.*Test error.*\n.*Test error.*\n.*Train/);
  });

  it('fails where more is worse, and where the best division lies elsewhere', () => {
    const names = refuted((_, k) => (k / 64) ** 0.3);
    expect(names).toMatch(/doubling of features/);
    expect(names).toMatch(/Share of doublings/);
    expect(names).toMatch(/Best division/);
  });

  it('fails where another ridge is best', () => {
    const names = refuted((_, __, ridge) =>
      typeof ridge === 'object' ? ridge.timesOptimal ** 0.06 : 1,
    );
    expect(names.match(/Ridge of least test error/g)).toHaveLength(3);
  });

  it('says so where an experiment failed', () => {
    const { verdict, text } = found(() => 1, 'random-features grid two levels 2');
    expect(verdict).toBe('inconclusive');
    expect(text.join()).toContain('could not be measured');
    const { claims, figures } = found(() => 1, 'random-features ridge two levels 2');
    const missing = claims.filter(({ test }) => test === 'not measured').map(({ name }) => name);
    expect(missing).toEqual(['The best ridge']);
    expect(claims.length).toBeGreaterThan(10);
    expect(figures).toHaveLength(3);
  });
});

it('a valley is found to round-off where it is a parabola of ln error', () => {
  const points = [-2, -1, 0, 1, 2].map((x) => [x, Math.exp(0.1 * (x - 0.3) ** 2)] as const);
  const { at, curvature } = valley(points);
  expect(at).toBeCloseTo(0.3, 10);
  expect(curvature).toBeCloseTo(0.2, 10);
});
