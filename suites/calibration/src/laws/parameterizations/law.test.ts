import { cpuLaboratory } from '@hyperlaw/cli/testing';
import { parameterizationTables } from '@hyperlaw/core';
import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import { updateExponents } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import type { CoordinatesInput } from './coordinates.ts';
import { parameterizations } from './law.ts';
import { measureParameterizations } from './measure.ts';
import {
  type ComparedName,
  comparedNames,
  exponentsOf,
  type WidthOptimizer,
  widthOptimizers,
} from './names.ts';
import { BASE_WIDTH, edges, sameTrainings, sweepName, transfers } from './plan.ts';
import type { RateSweepInput } from './rate-sweep.ts';
import type { SameTrainingInput } from './same-training.ts';

const plan = parameterizations.plan('standard', []);

/** How a made-up world departs from theory. */
interface Departure {
  /** Added to every drift of a rate. */
  readonly drift?: number;
  /** Added to every exponent of the hidden layer. */
  readonly hidden?: number;
  /** Relative difference among the forms. */
  readonly forms?: number;
  readonly failed?: string;
}

function world({ drift = 0, hidden = 0, forms = 3e-7, failed }: Departure) {
  const made = (experiment: Experiment): object | null => {
    if (experiment.name === failed) return null;
    const noises = new Float32Array(4096);
    randomStream({ seed: 1, role: 'noise', path: [experiment.name] }).fillNormal(0, noises);
    let used = 0;
    const noise = () => noises[used++ % noises.length] as number;
    switch (experiment.kind) {
      case 'sameTraining': {
        const { steps } = experiment.input as SameTrainingInput;
        const normal = Array.from({ length: steps }, (_, t) => Math.exp(-t / 100));
        const near = (size: number) => normal.map((loss) => loss * Math.exp(size * noise()));
        const tables = {
          mup: near(forms),
          'mup-table-3': normal,
          'mup-table-8': near(forms),
          mfp: near(forms),
        };
        return { normal, tables, lastBit: near(3e-7), sp: near(0.3) };
      }
      case 'coordinates': {
        const { parameterization, optimizer, width, seeds } = experiment.input as CoordinatesInput;
        const name = parameterization as ComparedName;
        const theory = updateExponents(exponentsOf(name, optimizer), optimizer);
        const grown = (exponent: number) =>
          seeds.map(() => 1e-3 * (width / BASE_WIDTH) ** exponent * Math.exp(0.05 * noise()));
        const { own, handedOn, total } = theory;
        return {
          own: {
            input: grown(own.input),
            hidden: grown(own.hidden + hidden),
            output: grown(own.output),
          },
          handedOn: { input: [], hidden: grown(handedOn.hidden), output: grown(handedOn.output) },
          total: {
            input: grown(total.input),
            hidden: grown(total.hidden),
            output: grown(total.output),
          },
        };
      }
      default: {
        const input = experiment.input as RateSweepInput;
        const optimum = optimumOf(input) * (input.width / BASE_WIDTH) ** drift;
        const shifts = input.seeds.map(() => 0.1 * noise());
        return {
          losses: input.rates.map((rate) =>
            shifts.map((shift) => 2 + 0.1 * (Math.log2(rate / optimum) - shift) ** 2),
          ),
          peaks: input.rates.map((rate) =>
            shifts.map((shift) => (Math.log2(rate / optimum) > shift ? null : 1)),
          ),
        };
      }
    }
  };
  return findingOf(parameterizations, madeUpEvidence(parameterizations, made));
}

/** The middle of the planned rates: theory's drift from the base width. */
function optimumOf({ rates }: RateSweepInput): number {
  return rates[(rates.length - 1) / 2] as number;
}

describe('the law of parameterizations', () => {
  it('holds where results follow theory', () => {
    const { verdict, claims, figures } = world({});
    expect(claims.filter((claim) => claim.verdict !== 'supported')).toEqual([]);
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(5);
  });

  it('fails where rates drift otherwise, a layer grows otherwise, or forms part', () => {
    const refuted = (departure: Departure) =>
      world(departure).claims.filter(({ verdict }) => verdict === 'refuted').length;
    expect(refuted({ drift: 0.4 })).toBe(transfers('standard').length + edges('standard').length);
    // Rates that leave their ranges decide nothing.
    const far = world({ drift: 1.4 }).claims.filter(({ name }) => name.includes('on bytes'));
    expect(far.every(({ verdict }) => verdict === 'inconclusive')).toBe(true);
    expect(refuted({ hidden: 0.25 })).toBe(8);
    expect(refuted({ forms: 1e-3 })).toBe(4);
  });

  it('keeps its other parts where an experiment failed, and says that it was not measured', () => {
    const { verdict, text, claims } = world({ failed: plan[0]?.name ?? '' });
    expect(verdict).toBe('inconclusive');
    expect(text[0]).toContain('One training in five forms (parameterizations same');
    expect(claims.filter((claim) => claim.effect === null)).toHaveLength(1);
    const sweep = world({ failed: sweepName(transfers('standard')[0]?.sweeps[1] as never) });
    expect(sweep.claims.filter((claim) => claim.effect === null)).toHaveLength(1);
    expect(sweep.figures).toHaveLength(5);
  });

  it('predicts from published exponents, and core trains by the same', () => {
    for (const name of comparedNames) {
      for (const optimizer of widthOptimizers) {
        const { input, hidden, output } = parameterizationTables[name];
        const layers = Object.entries({ input, hidden, output }).map(([layer, { a, b, ...c }]) => [
          layer,
          { a, b, c: c[optimizer] },
        ]);
        expect(exponentsOf(name, optimizer)).toEqual(Object.fromEntries(layers));
      }
    }
  });
});

describe('measuring', () => {
  const laboratory = cpuLaboratory();

  it('trains Table 3 as the normal form bit by bit, and the other tables to round-off', async () => {
    const [input] = sameTrainings('smoke') as [SameTrainingInput];
    const { normal, tables } = await measureParameterizations.sameTraining(
      { ...input, width: 48, baseWidth: 16, steps: 10 },
      laboratory,
    );
    expect(tables['mup-table-3']).toEqual(normal);
    expect(tables.mfp).not.toEqual(normal);
    // Ten steps of float32.
    tables.mfp.forEach((loss, t) => {
      expect(Math.abs(loss / (normal[t] ?? 0) - 1)).toBeLessThan(1e-5);
    });
  });

  it('sees a step of SGD move an output layer by what its own step and its input do together', async () => {
    const optimizer: WidthOptimizer = 'sgd';
    const { own, handedOn, total } = await measureParameterizations.coordinates(
      {
        task: { kind: 'noisy-linear', inputDim: 4, noise: 0, instance: 0 },
        ...{
          optimizer,
          parameterization: 'mup',
          width: 32,
          baseWidth: 16,
          learningRate: 1e-3,
          seeds: [1, 2],
        },
      },
      laboratory,
    );
    expect(total.input).toEqual(own.input);
    for (const seed of [0, 1]) {
      const [a, b, all] = [own.output[seed], handedOn.output[seed], total.output[seed]] as [
        number,
        number,
        number,
      ];
      // Root mean squares obey the triangle inequality; the product of both changes is 1e-3 of either.
      expect(all).toBeLessThan(1.01 * (a + b));
      expect(all).toBeGreaterThan(0.99 * Math.abs(a - b));
    }
  });
});
