import type { ExpertsShape, Shape } from '@hyperlaw/core';

/** What grows along an axis. */
export type Axis = 'width' | 'experts' | 'active' | 'sparsity' | 'all' | 'fine';

/** A net's sizes. */
export interface Sizes {
  readonly width: number;
  readonly count: number;
  readonly active: number;
  /** Hidden features of an expert, and whether they grow with the width. */
  readonly features: number;
  readonly scaled: boolean;
}

/** The net that all axes go through, and at which every rule is SP. */
export const BASE: Sizes = { width: 32, count: 8, active: 2, features: 16, scaled: true };

/** Examples a step. */
export const BATCH = 32;

interface AxisLaw {
  readonly title: string;
  /** What doubles, in a few words. */
  readonly grows: string;
  readonly sizes: (ratio: number) => Sizes;
}

/** Every axis: a ratio of 1 is the base. */
export const axes: Readonly<Record<Axis, AxisLaw>> = {
  width: {
    title: 'width',
    grows: 'width, and that of experts with it',
    sizes: (ratio) => ({ ...BASE, ...wider(ratio) }),
  },
  experts: {
    title: 'experts',
    grows: 'number of experts, as many active',
    sizes: (ratio) => ({ ...BASE, count: BASE.count * ratio }),
  },
  active: {
    title: 'active experts',
    grows: 'number of active experts, of as many',
    sizes: (ratio) => ({ ...BASE, active: BASE.active * ratio }),
  },
  sparsity: {
    title: 'experts and active ones',
    grows: 'both numbers of experts, at one sparsity',
    sizes: (ratio) => ({ ...BASE, ...more(ratio) }),
  },
  all: {
    title: 'all together',
    grows: 'width, that of experts, and both numbers of them',
    sizes: (ratio) => ({ ...BASE, ...wider(ratio), ...more(ratio) }),
  },
  fine: {
    title: 'all, experts narrow',
    grows: 'width and both numbers of experts, which stay narrow',
    sizes: (ratio) => ({
      ...{ ...BASE, width: BASE.width * ratio, ...more(ratio) },
      // At the base it is the same net.
      scaled: ratio === 1,
    }),
  },
};

/** Every axis, in the order in which `axes` has them. */
export const axisNames = Object.keys(axes) as readonly Axis[];

const wider = (ratio: number) => ({
  ...{ width: BASE.width * ratio, features: BASE.features * ratio },
});
const more = (ratio: number) => ({ count: BASE.count * ratio, active: BASE.active * ratio });

/** A net on an axis. */
export interface AxisPoint {
  readonly axis: Axis;
  /** Size over that of the base. */
  readonly ratio: number;
  readonly sizes: Sizes;
}

/** The nets at some ratios of some axes that can be: no more experts are active than there are, and one at least. */
export function pointsOf(along: readonly Axis[], ratios: readonly number[]): readonly AxisPoint[] {
  return along.flatMap((axis) =>
    ratios.flatMap((ratio) => {
      const sizes = axes[axis].sizes(ratio);
      return sizes.active >= 1 && sizes.active <= sizes.count ? [{ axis, ratio, sizes }] : [];
    }),
  );
}

/** The net of some sizes: an input layer, a mixture of experts, a readout; Adam. */
export function shapeOf({ width, count, active, features, scaled }: Sizes): Shape {
  const experts: ExpertsShape = {
    ...{ count, active, gate: 'sigmoid', normalised: false },
    size: scaled ? { kind: 'scaled', expansion: features / width } : { kind: 'fixed', features },
  };
  return {
    model: {
      ...{ kind: 'mlp', width, depth: 2, activation: 'relu', bias: false, centred: false },
      experts,
    },
    optimizer: { kind: 'adam' },
    batch: BATCH,
  };
}
