import type { Evidence, Profile } from '@hyperlaw/cli';
import { type Experiment, seedsOf } from '@hyperlaw/sweep';
import { type Axis, type AxisPoint, axisNames, pointsOf, type Sizes } from './axes.ts';
import type { Course, CourseInput, Look } from './course.ts';
import { type Proposal, proposalNames, sameTraining } from './proposals.ts';
import { watchedLaw } from './tasks.ts';

interface CourseScale {
  readonly ratios: readonly number[];
  readonly axes: readonly Axis[];
  readonly seeds: number;
  readonly stops: readonly number[];
}

const scales: Readonly<Record<Profile, CourseScale>> = {
  smoke: { ratios: [1, 2], axes: ['width', 'all'], seeds: 2, stops: [1, 16] },
  standard: {
    ...{ ratios: [1 / 2, 1, 2, 4], axes: axisNames, seeds: 4 },
    stops: [1, 4, 16, 64, 128],
  },
  full: {
    ...{ ratios: [1 / 2, 1, 2, 4, 8, 16], axes: axisNames, seeds: 8 },
    stops: [1, 4, 16, 64, 256, 1024],
  },
};

export const courseScale = (profile: Profile): CourseScale => scales[profile];

/** The rate of all nets that are watched, chosen before any was: in the middle of the first screen. */
export const WATCHED_RATE = 2 ** -7;

/** The replicate of seeds that nothing else has. */
const REPLICATE = 2;

const nameOf = ({ width, count, active, features, scaled }: Sizes) =>
  `course ${width} ${active}/${count}x${features}${scaled ? '' : ' narrow'}`;

/** Distinct proposals at a size, the first of those that train alike. */
const distinct = (same: ReturnType<typeof sameTraining>): readonly Proposal[] =>
  proposalNames.filter((proposal) => same[proposal] === proposal);

/** Every size once, all proposals in one program. */
export function coursePlan(profile: Profile): readonly Experiment[] {
  const { seeds, stops } = scales[profile];
  const plans = new Map<string, Experiment>();
  for (const { sizes } of watchedPoints(profile)) {
    const input: CourseInput = {
      ...{
        task: watchedLaw,
        sizes,
        proposals: distinct(sameTraining(sizes)),
        learningRate: WATCHED_RATE,
        stops,
      },
      seeds: seedsOf('tuning', seeds, REPLICATE),
    };
    const name = nameOf(sizes);
    const products = sizes.count * sizes.features * sizes.width;
    const lanes = input.proposals.length * seeds;
    const cost = lanes * (stops.at(-1) ?? 0) * (3e-5 + products * 8e-9);
    plans.set(name, { name, kind: 'course', input, data: [], version: 1, cost });
  }
  return [...plans.values()];
}

function watchedPoints(profile: Profile): readonly AxisPoint[] {
  const { axes, ratios } = scales[profile];
  return pointsOf(axes, ratios);
}

/** A net that was watched: a proposal at a size of an axis, from one seed. */
export interface WatchedNet extends AxisPoint {
  readonly proposal: Proposal;
  readonly seed: number;
  readonly looks: readonly Look[];
}

/** Every net that was watched, under each of the proposals that it was trained by; failed courses are left out. */
export function watchedNets({ profile, measured }: Evidence): readonly WatchedNet[] {
  return watchedPoints(profile).flatMap(({ axis, ratio, sizes }) => {
    const found = measured<Course>(nameOf(sizes));
    if (found.status !== 'done') return [];
    const same = sameTraining(sizes);
    const trained = distinct(same);
    return proposalNames.flatMap((proposal) => {
      const nets = found.result.nets[trained.indexOf(same[proposal])] ?? [];
      return nets.map((looks, seed) => ({ axis, ratio, sizes, proposal, seed, looks }));
    });
  });
}
