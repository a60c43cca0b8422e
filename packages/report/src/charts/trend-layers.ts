import { token } from './palette.ts';
import { only, type Place } from './panels.ts';
import { axisTitle } from './scale.ts';
import { hover } from './tooltip.ts';
import type { Trend } from './trend.ts';

type Layer = Readonly<Record<string, unknown>>;

/** What all marks of a panel have. */
interface Channels {
  readonly x: Layer;
  readonly y: Layer;
  readonly color: Layer;
}

/** Fits, dashed, or where there are none lines through the points. */
export function lineLayer(
  { x, y, fits = [] }: Trend,
  { at, place }: { readonly at: Channels; readonly place: Place },
): Layer {
  if (fits.length === 0) {
    return {
      transform: only(place.facet, 'measured'),
      mark: { type: 'line', strokeWidth: 1.6, opacity: 0.55, clip: true },
      encoding: at,
    };
  }
  const tooltip = hover(
    ['label', 'line'],
    ['x', axisTitle(x), '.4~g'],
    ['y', axisTitle(y), '.4~g'],
  );
  return {
    transform: only(place.facet, 'fit'),
    mark: { type: 'line', strokeWidth: 1.4, strokeDash: [5, 3], clip: true },
    encoding: { ...at, tooltip, detail: { field: 'line' } },
  };
}

/** Interval bars, drawn from the floor of the panel where they begin below it. */
export function barLayer(
  at: Channels,
  { place, floor }: { readonly place: Place; readonly floor: number },
): Layer {
  return {
    // An interval that reaches zero has no lower end on a logarithmic axis: its bar leaves the panel.
    transform: [
      ...only(place.facet, 'measured'),
      { filter: 'isValid(datum.low) && isValid(datum.high)' },
      { calculate: `max(datum.low, ${floor})`, as: 'from' },
    ],
    mark: { type: 'rule', strokeWidth: 1.6, clip: true },
    encoding: { ...at, y: { ...at.y, field: 'from' }, y2: { field: 'high' } },
  };
}

/** Points, hollow where their optimum stands on the edge. */
export function pointLayer(
  { x, y, color }: Channels,
  { place, tooltip }: { readonly place: Place; readonly tooltip: unknown },
): Layer {
  return {
    transform: only(place.facet, 'measured'),
    mark: { type: 'point', size: 44, strokeWidth: 1.6, opacity: 1, filled: true },
    encoding: {
      x,
      y,
      fill: { condition: { test: 'datum.edge', value: token('paper') }, ...color },
      stroke: color,
      tooltip,
    },
  };
}
