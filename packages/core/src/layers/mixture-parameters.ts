import type { MixtureOf, Parameter, Place } from '../parameter.ts';
import type { ExpertsShape } from '../shape.ts';
import type { MixtureLayer } from './mixture.ts';

/**
 * The tensors of a mixture of experts: see `mixture`. The router's width grows and its number of experts does not; an
 * expert's hidden features grow with the width where they are scaled. Throws on counts and sizes that cannot be.
 */
export function mixtureParameters(layer: MixtureLayer): readonly Parameter[] {
  const { name, width, experts, bias, residual, feedForward } = layer;
  check(experts, width);
  const { count, active } = experts;
  const hidden = expertFeatures(experts, width);
  const wide = experts.size.kind === 'scaled';
  const mixture: MixtureOf = { count, active, computed: computedExperts(experts) };
  const columns: MixtureOf = { ...mixture, stacked: 'columns' };
  const placed = (place: Place) => (residual ? { place } : {});
  const up = (part: 'inner' | 'gate'): readonly Parameter[] => [
    {
      ...{ name: `${name}.${part}.weight`, role: 'expert-up', shape: [width, count * hidden] },
      ...{ fanIn: width, fanOut: hidden, scales: { fanIn: true, fanOut: wide } },
      ...{ mixture: columns, ...placed('branch') },
    },
    ...(bias
      ? [
          {
            ...({ name: `${name}.${part}.bias`, role: 'expert-up-bias' } as const),
            ...{ shape: [1, count * hidden] as const, fanIn: 1, fanOut: hidden },
            ...{ scales: { fanIn: false, fanOut: wide }, mixture: columns, ...placed('branch') },
          },
        ]
      : []),
  ];
  const rows: MixtureOf = { ...mixture, stacked: 'rows' };
  return [
    {
      ...{ name: `${name}.router.weight`, role: 'router', shape: [width, count] },
      ...{ fanIn: width, fanOut: count, scales: { fanIn: true, fanOut: false } },
      ...{ mixture, ...placed('branch') },
    },
    ...(feedForward === 'gated' ? up('gate') : []),
    ...up('inner'),
    {
      ...{ name: `${name}.end.weight`, role: 'expert-down', shape: [count * hidden, width] },
      ...{ fanIn: hidden, fanOut: width, scales: { fanIn: wide, fanOut: true } },
      ...{ mixture: rows, ...placed('branch-end') },
    },
    ...(bias
      ? [
          {
            ...({ name: `${name}.end.bias`, role: 'expert-down-bias' } as const),
            ...{ shape: [1, count * width] as const, fanIn: 1, fanOut: width },
            ...{ scales: { fanIn: false, fanOut: true }, mixture: columns },
            ...placed('branch-end'),
          },
        ]
      : []),
  ];
}

/** Hidden features of one expert. */
export function expertFeatures({ size }: ExpertsShape, width: number): number {
  switch (size.kind) {
    case 'scaled':
      return size.expansion * width;
    case 'fixed':
      return size.features;
    default:
      throw new Error(
        `unknown size of experts: ${(size as ExpertsShape['size']).kind} (scaled, fixed)`,
      );
  }
}

/** Experts that one example costs the products of, on average and but for rounding slots up. */
export function computedExperts({ count, active, capacity }: ExpertsShape): number {
  return capacity === undefined ? count : Math.min(count, capacity * active);
}

function check(experts: ExpertsShape, width: number): void {
  const { count, active, capacity } = experts;
  const require = (holds: boolean, what: string, value: unknown, accepted: string) => {
    if (!holds) throw new Error(`unknown ${what}: ${value} (${accepted})`);
  };
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  const features = expertFeatures(experts, width);
  require(whole(count), 'number of experts', count, 'a positive integer');
  require(whole(active) &&
    active <= count, 'number of active experts', active, `1 to ${count}, the number of experts`);
  require(whole(features), 'features of an expert', features, 'a positive integer');
  require(capacity === undefined || capacity > 0, 'capacity', capacity, 'a positive number');
}
