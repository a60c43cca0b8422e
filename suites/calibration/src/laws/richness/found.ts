import type { Evidence } from '@hyperlaw/cli';
import { type Optimum, type SweepPoint, sweepOptimum } from '@hyperlaw/report';
import { NotMeasured, resultOf } from '../../law.ts';
import { stabilityEdge } from '../../loss-peak.ts';
import { type Readings, readEach } from '../../not-measured.ts';
import type { RichnessCourse, RichnessCourseInput } from './course.ts';
import type { RichnessKernel } from './kernel.ts';
import {
  courseName,
  courses,
  edgeSweeps,
  farSweeps,
  kernelName,
  kernels,
  lazySweeps,
  planeSweeps,
  sizes,
  sweepName,
} from './plan.ts';
import type { RichnessSweep, RichnessSweepInput } from './sweep.ts';

/** A sweep of one richness with what became of it. */
export interface SweepFound {
  readonly input: RichnessSweepInput;
  readonly points: readonly SweepPoint[];
}

/** A richness with log2 of its edges of stability, `[seed]`; null where one lies beyond the rates. */
export interface EdgesFound {
  readonly richness: number;
  readonly steps: number;
  readonly edges: readonly (number | null)[];
}

/** A seed's course, by richness. */
export interface CourseFound {
  readonly input: RichnessCourseInput;
  readonly course: RichnessCourse;
}

/** Best rates of one depth. */
export interface PlaneFound {
  readonly layers: number;
  readonly plane: readonly SweepFound[];
  readonly far: readonly SweepFound[];
}

/** Edges of stability of one depth. */
export interface DepthEdges {
  readonly layers: number;
  /** Theory's edge over γ² in the lazy limit. */
  readonly lazyEdge: number;
  readonly edges: readonly EdgesFound[];
  readonly lazy: readonly EdgesFound[];
}

/** Courses of one depth. */
export interface DepthCourses {
  readonly layers: number;
  readonly courses: readonly CourseFound[];
}

/** What was planned for nets of one depth. */
const planned = <Input extends { readonly layers: number }>(
  all: readonly Input[],
  layers: number,
): readonly Input[] => all.filter((input) => input.layers === layers);

const readDepths = <T>(
  { profile }: Evidence,
  what: string,
  read: (layers: number) => T,
): Readings<T> => readEach(sizes[profile].layers, (layers) => `${what}, L = ${layers}`, read);

export function readPlanes(evidence: Evidence): Readings<PlaneFound> {
  const { profile } = evidence;
  return readDepths(evidence, 'Best rates', (layers) => ({
    layers,
    plane: planned(planeSweeps(profile), layers).map((input) =>
      readSweep(evidence, 'plane', input),
    ),
    far: planned(farSweeps(profile), layers).map((input) => readSweep(evidence, 'far', input)),
  }));
}

export function readDepthEdges(evidence: Evidence): Readings<DepthEdges> {
  const { profile } = evidence;
  return readDepths(evidence, 'Edges of stability', (layers) => {
    const [kernel] = planned(kernels(profile), layers);
    if (kernel === undefined) throw new NotMeasured(`no kernel of ${layers} layers`);
    return {
      layers,
      lazyEdge: resultOf<RichnessKernel>(evidence, kernelName(kernel)).lazyEdge,
      edges: planned(edgeSweeps(profile), layers).map((input) =>
        readEdges(evidence, 'edge', input),
      ),
      lazy: planned(lazySweeps(profile), layers).map((input) =>
        readEdges(evidence, 'lazy edge', input),
      ),
    };
  });
}

export function readCourses(evidence: Evidence): Readings<DepthCourses> {
  return readDepths(evidence, 'Features and plateaus', (layers) => ({
    layers,
    courses: planned(courses(evidence.profile), layers).map((input) => ({
      input,
      course: resultOf<RichnessCourse>(evidence, courseName(input)),
    })),
  }));
}

type What = Parameters<typeof sweepName>[0];

function readSweep(evidence: Evidence, what: What, input: RichnessSweepInput): SweepFound {
  const { losses } = resultOf<RichnessSweep>(evidence, sweepName(what, input));
  return { input, points: input.rates.map((x, r) => ({ x, losses: losses[r] ?? [] })) };
}

function readEdges(evidence: Evidence, what: What, input: RichnessSweepInput): EdgesFound {
  const name = sweepName(what, input);
  const { peaks } = resultOf<RichnessSweep>(evidence, name);
  const edges = input.seeds.map((_, s) =>
    stabilityEdge(
      input.rates,
      peaks.map((row) => row[s] ?? null),
    ),
  );
  return { richness: input.richness, steps: input.steps, edges };
}

export const RESAMPLING = { seed: 61, resamples: 1000 };

export const bestRate = ({ points }: SweepFound): Optimum => sweepOptimum(points, RESAMPLING);

/** Richness far below the border at 1, and far above. */
export const isLazy = (richness: number): boolean => richness <= 0.1001;
export const isRich = (richness: number): boolean => richness >= 30;
