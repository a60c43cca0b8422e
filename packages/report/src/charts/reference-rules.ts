import { token } from './palette.ts';
import type { Place } from './panels.ts';
import type { Position } from './scale.ts';

type Layer = Readonly<Record<string, unknown>>;

/** A value to compare with, ruled across a panel: a critical point, a bound. */
export interface ReferenceRule {
  /** The axis on which the value lies. */
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  /** Default: every panel. */
  readonly facet?: string;
}

/** The rules of a panel. */
export function rulesIn(
  rules: readonly ReferenceRule[],
  facet: string | undefined,
): readonly ReferenceRule[] {
  return rules.filter((rule) => rule.facet === undefined || rule.facet === facet);
}

/**
 * Dotted rules, and apart from them their names, which stand over lines: those of level rules at the right above
 * them, those of upright ones at the top beside them.
 */
export function ruleLayers(
  rules: readonly ReferenceRule[],
  {
    place,
    x,
    y,
    bent,
  }: {
    readonly place: Place;
    readonly x: Position;
    readonly y: Position;
    /** Share of the way along the horizontal axis at which a value lies. */
    readonly bent: (value: number) => number;
  },
): { readonly under: readonly Layer[]; readonly over: readonly Layer[] } {
  const drawn = rules
    .filter(({ axis, at }) => {
      const [low, high] = axis === 'x' ? x.domain : y.domain;
      return at >= low && at <= high;
    })
    .map(({ axis, at, label }) => {
      const { scale, axis: ticks } = axis === 'x' ? x : y;
      const channel = { field: 'at', type: 'quantitative', scale, axis: ticks };
      const data = { values: [{ at, label }] };
      const rule = {
        data,
        mark: { type: 'rule', strokeDash: [2, 3], color: token('muted') },
        encoding: { [axis]: channel, tooltip: { field: 'label', title: 'rule' } },
      };
      const left = axis === 'x' && bent(at) < 0.6;
      const text = (halo: Layer): Layer => ({
        data,
        mark: {
          type: 'text',
          ...halo,
          align: left ? 'left' : 'right',
          baseline: axis === 'x' ? 'top' : 'bottom',
          fontSize: 10.5,
          ...(axis === 'x' ? { dx: left ? 5 : -5 } : { dy: -3 }),
        },
        encoding: {
          x: axis === 'x' ? channel : { value: place.width },
          y: axis === 'y' ? channel : { value: 2 },
          text: { field: 'label' },
        },
      });
      return { rule, names: [text({ stroke: token('paper'), strokeWidth: 4 }), text({})] };
    });
  return { under: drawn.map(({ rule }) => rule), over: drawn.flatMap(({ names }) => names) };
}
