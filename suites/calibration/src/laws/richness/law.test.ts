import { cpuLaboratory } from '@hyperlaw/cli/testing';
import type { Experiment } from '@hyperlaw/sweep';
import { randomStream } from '@hyperlaw/tasks';
import { timeToFraction } from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { halvedAt, type RichnessCourseInput } from './course.ts';
import { HALVED } from './course-claims.ts';
import { richness } from './law.ts';
import { measureRichness } from './measure.ts';
import { fixedExamples } from './net.ts';
import { shapeOfPlane } from './plan.ts';
import type { RichnessSweepInput } from './sweep.ts';

const LAZY_EDGE = 1.6;

/** How a made-up world departs from theory. */
interface Departure {
  /** Added to the power of γ in best rates. */
  readonly best?: number;
  /** Factor on the power of γ in features and times. */
  readonly courses?: number;
  readonly failed?: string;
}

function world({ best = 0, courses = 1, failed }: Departure) {
  const made = (experiment: Experiment): object | null => {
    if (experiment.name === failed) return null;
    const noises = new Float32Array(4096);
    randomStream({ seed: 1, role: 'noise', path: [experiment.name] }).fillNormal(0, noises);
    let used = 0;
    const noise = () => noises[used++ % noises.length] as number;
    switch (experiment.kind) {
      case 'richnessKernel':
        return { lazyEdge: LAZY_EDGE };
      case 'richnessCourse': {
        const { layers, cells } = experiment.input as RichnessCourseInput;
        return {
          curves: cells.map(() => [[1, 1]] as const),
          halved: cells.map(({ richness: g, learningRate }) => {
            const time = timeToFraction({ layers, richness: g, fraction: HALVED });
            return (time * g ** (courses - 1) * Math.exp(0.02 * noise())) / learningRate;
          }),
          featureChange: cells.map(
            ({ richness: g }) =>
              ((1 + g) ** (1 - 1 / layers) - 1) ** courses * Math.exp(0.02 * noise()),
          ),
          kernelChange: cells.map(
            ({ richness: g }) =>
              (g ** 2 / (1 + 5 * g ** 2)) * g ** (courses - 1) * Math.exp(0.02 * noise()),
          ),
        };
      }
      default: {
        const input = experiment.input as RichnessSweepInput;
        const { layers, richness: g } = input;
        const edge = LAZY_EDGE * shapeOfPlane(layers, g);
        const optimum = (edge / 2) * g ** best;
        const shifts = input.seeds.map(() => 0.1 * noise());
        return {
          losses: input.rates.map((rate) =>
            shifts.map((shift) => 0.3 + 0.02 * (Math.log2(rate / optimum) - shift) ** 2),
          ),
          peaks: input.rates.map((rate) =>
            shifts.map((shift) => (Math.log2(rate / edge) > shift ? null : 1)),
          ),
        };
      }
    }
  };
  return findingOf(richness, madeUpEvidence(richness, made));
}

describe('the law of richness', () => {
  it('holds where results follow theory', () => {
    const { verdict, claims, figures } = world({});
    expect(claims.filter((claim) => claim.verdict !== 'supported')).toEqual([]);
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(5);
  });

  it('fails where rates or features take another power of γ', () => {
    const refuted = (departure: Departure) =>
      world(departure).claims.filter(({ verdict }) => verdict === 'refuted').length;
    expect(refuted({ best: 0.2 })).toBe(4);
    // Every slope of courses, but not the distance of two of them.
    expect(refuted({ courses: 1.4 })).toBe(10);
  });

  it('keeps its other parts where an experiment failed, and says that it was not measured', () => {
    const { verdict, text, claims } = world({ failed: 'richness kernel L=2' });
    expect(verdict).toBe('inconclusive');
    expect(text[0]).toContain('in all its parts: Edges of stability, L = 2 (');
    expect(claims.filter(({ effect }) => effect === null)).toHaveLength(1);
  });
});

describe('measuring', () => {
  const laboratory = cpuLaboratory();

  it('finds where a curve is half, with a fraction', () => {
    expect(halvedAt([1, 0.8, 0.25])).toBeCloseTo(1 + Math.log(1.6) / Math.log(3.2), 12);
    expect(halvedAt([1, 0.9])).toBeNull();
  });

  it('sees lazy nets train alike in units of γ², features moving in proportion to γ', async () => {
    const { curves, featureChange } = await measureRichness.richnessCourse(
      {
        ...{ task: fixedExamples, layers: 2, width: 32, seed: 1, steps: 20 },
        cells: [0.001, 0.002].map((g) => ({ richness: g, learningRate: 0.5 * g ** 2 })),
      },
      laboratory,
    );
    const [one, two] = curves as [(typeof curves)[0], (typeof curves)[0]];
    const [a, b] = [one.at(-1)?.[1], two.at(-1)?.[1]] as [number, number];
    expect(a).toBeLessThan(0.9);
    // Corrections are of order γ.
    expect(Math.abs(a / b - 1)).toBeLessThan(0.01);
    const [near, far] = featureChange as [number, number];
    expect(Math.abs(far / near - 2)).toBeLessThan(0.02);
  });
});
