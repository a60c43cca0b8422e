import type { Evidence } from '@hyperlaw/cli';
import { type Optimum, type SweepPoint, sweepOptimum } from '@hyperlaw/report';
import { NotMeasured, resultOf } from '../../law.ts';
import { stabilityEdge } from '../../loss-peak.ts';
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

/** A richness with log2 of its edges of stability, `[seed]`. */
export interface EdgesFound {
  readonly richness: number;
  readonly edges: readonly number[];
}

/** A seed's course, by richness. */
export interface CourseFound {
  readonly input: RichnessCourseInput;
  readonly course: RichnessCourse;
}

/** What was measured of nets of one depth. */
export interface DepthFound {
  readonly layers: number;
  /** Theory's edge over γ² in the lazy limit. */
  readonly lazyEdge: number;
  readonly plane: readonly SweepFound[];
  readonly far: readonly SweepFound[];
  readonly edges: readonly EdgesFound[];
  readonly lazy: readonly EdgesFound[];
  readonly courses: readonly CourseFound[];
}

export function readDepths(evidence: Evidence): readonly DepthFound[] {
  const { profile } = evidence;
  return sizes[profile].layers.map((layers) => {
    const mine = <Input extends { readonly layers: number }>(all: readonly Input[]) =>
      all.filter((input) => input.layers === layers);
    const [kernel] = mine(kernels(profile));
    if (kernel === undefined) throw new NotMeasured(`no kernel of ${layers} layers`);
    return {
      layers,
      lazyEdge: resultOf<RichnessKernel>(evidence, kernelName(kernel)).lazyEdge,
      plane: mine(planeSweeps(profile)).map((input) => readSweep(evidence, 'plane', input)),
      far: mine(farSweeps(profile)).map((input) => readSweep(evidence, 'far', input)),
      edges: mine(edgeSweeps(profile)).map((input) => readEdges(evidence, 'edge', input)),
      lazy: mine(lazySweeps(profile)).map((input) => readEdges(evidence, 'lazy edge', input)),
      courses: mine(courses(profile)).map((input) => ({
        input,
        course: resultOf<RichnessCourse>(evidence, courseName(input)),
      })),
    };
  });
}

type What = Parameters<typeof sweepName>[0];

function readSweep(evidence: Evidence, what: What, input: RichnessSweepInput): SweepFound {
  const { losses } = resultOf<RichnessSweep>(evidence, sweepName(what, input));
  return { input, points: input.rates.map((x, r) => ({ x, losses: losses[r] ?? [] })) };
}

function readEdges(evidence: Evidence, what: What, input: RichnessSweepInput): EdgesFound {
  const name = sweepName(what, input);
  const { peaks } = resultOf<RichnessSweep>(evidence, name);
  const edges = input.seeds.map((_, s) => {
    const edge = stabilityEdge(
      input.rates,
      peaks.map((row) => row[s] ?? null),
    );
    if (edge === null) throw new NotMeasured(`${name}: an edge beyond the rates`);
    return edge;
  });
  return { richness: input.richness, edges };
}

export const RESAMPLING = { seed: 61, resamples: 1000 };

export const bestRate = ({ points }: SweepFound): Optimum => sweepOptimum(points, RESAMPLING);

/** Richness far below the border at 1, and far above. */
export const isLazy = (richness: number): boolean => richness <= 0.1001;
export const isRich = (richness: number): boolean => richness >= 30;
