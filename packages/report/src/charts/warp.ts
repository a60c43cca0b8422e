import type { Axis } from './chart.ts';

/** The kinds of scales that axes have. */
export type Kind = NonNullable<Axis['scale']>;

/** How a scale bends its numbers: equal steps of `to` are equal lengths on the axis. */
export interface Warp {
  readonly kind: Kind;
  readonly to: (value: number) => number;
  readonly from: (bent: number) => number;
  /** Only positive numbers have a place on it. */
  readonly positive: boolean;
}

/** The warp of an axis, whose scale is the fallback where it names none. */
export function warpOf(
  { scale, constant = 1 }: Pick<Axis, 'scale' | 'constant'>,
  fallback: Kind,
): Warp {
  const kind = scale ?? fallback;
  switch (kind) {
    case 'linear':
      return { kind, to: (value) => value, from: (bent) => bent, positive: false };
    case 'log2':
    case 'log10':
      return { kind, to: Math.log, from: Math.exp, positive: true };
    case 'symlog':
      return {
        kind,
        to: (value) => Math.sign(value) * Math.log1p(Math.abs(value) / constant),
        from: (bent) => Math.sign(bent) * constant * Math.expm1(Math.abs(bent)),
        positive: false,
      };
  }
}
