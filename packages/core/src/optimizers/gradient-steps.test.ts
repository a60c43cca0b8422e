import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { normals } from '../testing/normals.ts';
import { runRule } from '../testing/run-rule.ts';
import { withDecay } from './decoupled-decay.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import { optimizerOf } from './optimizer-of.ts';
import { sgd } from './sgd.ts';
import { signsgd } from './signsgd.ts';
import type { UpdateRule } from './update-rule.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Curvatures of a quadratic `½ Σ h w²`, on which every rule is a linear recursion. */
const curvature = Float32Array.from([0.1, 0.4, 1, 1.5, 2, 3]);
const start = normals('start', 6);
const rate = (step: number) => 0.2 / (1 + step / 20);

function trajectory(rule: UpdateRule, mu = 0.8) {
  return runRule(rule, {
    ...{ start, shape: [2, 3], steps: 60, rate, knobs: { momentum: mu } },
    gradient: (_, weights) => weights.map((w, i) => w * (curvature[i] ?? 0)),
  });
}

/** The same in float64: `next` maps (w, g, buffer, rate) to the new (w, buffer). */
function textbook(
  next: (w: number, g: number, buffer: number, rate: number) => readonly [number, number],
): readonly number[] {
  return Array.from(start, (w0, i) => {
    let [w, buffer] = [w0, 0];
    for (let t = 0; t < 60; t++) [w, buffer] = next(w, w * (curvature[i] ?? 0), buffer, rate(t));
    return w;
  });
}

function expectEnd(rule: UpdateRule, expected: readonly number[], mu?: number): void {
  const end = trajectory(rule, mu).at(-1);
  expected.forEach((value, i) => {
    expect(end?.[i]).toBeCloseTo(value, 5);
  });
}

describe('against their textbook forms in float64', () => {
  it('SGD', () => {
    expectEnd(
      sgd,
      textbook((w, g, _, eta) => [w - eta * g, 0]),
    );
  });

  it('heavy ball: buffer μ M + g, step along it', () => {
    expectEnd(
      momentum,
      textbook((w, g, m, eta) => [w - eta * (0.8 * m + g), 0.8 * m + g]),
    );
  });

  it('Nesterov: buffer μ M + g, step along g + μ times the new buffer', () => {
    expectEnd(
      nesterov,
      textbook((w, g, m, eta) => {
        const next = 0.8 * m + g;
        return [w - eta * (g + 0.8 * next), next];
      }),
    );
  });

  it('SignSGD', () => {
    // The sign of an exact zero crossing is decided by round-off, so the comparison is up to one last step.
    const end = trajectory(signsgd).at(-1);
    end?.forEach((w) => {
      expect(Math.abs(w)).toBeLessThan(2 * rate(58));
    });
    const first = trajectory(signsgd)[0];
    first?.forEach((w, i) => {
      expect(w).toBeCloseTo((start[i] ?? 0) - 0.2 * Math.sign(start[i] ?? 0), 6);
    });
  });

  it('decoupled decay: W shrinks by 1 − rate · decay, then steps', () => {
    const end = runRule(withDecay(sgd), {
      ...{ start, shape: [2, 3], steps: 60, rate, decay: 0.5, knobs: {} },
      gradient: (_, weights) => weights.map((w, i) => w * (curvature[i] ?? 0)),
    }).at(-1);
    const expected = textbook((w, g, _, eta) => [(1 - eta * 0.5) * w - eta * g, 0]);
    expected.forEach((value, i) => {
      expect(end?.[i]).toBeCloseTo(value, 5);
    });
  });
});

it('momentum of zero is SGD', () => {
  expect(trajectory(momentum, 0)).toEqual(trajectory(sgd));
  expect(trajectory(nesterov, 0)).toEqual(trajectory(sgd));
});

it('converges on a quadratic within the stability limit and not beyond it', () => {
  const run = (constantRate: number) =>
    runRule(sgd, {
      ...{ start, shape: [2, 3] as const, steps: 200, rate: constantRate, knobs: {} },
      gradient: (_, weights) => weights.map((w, i) => w * (curvature[i] ?? 0)),
    }).at(-1);
  // The limit is 2/largest curvature.
  expect(Math.max(...(run(1.9 / 3)?.map(Math.abs) ?? []))).toBeLessThan(0.01);
  expect(Math.abs(run(2.1 / 3)?.[5] ?? 0)).toBeGreaterThan(100);
});

it('names the known optimizers where one is unknown', () => {
  expect(() => optimizerOf({ kind: 'lion' as 'sgd' })).toThrow(
    'unknown optimizer: lion (sgd, momentum, nesterov, adam, adamw, signsgd, muon, lars, lamb)',
  );
});
