import { type Figure, lawChart, mapChart, meanInterval } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import {
  bestRate,
  type DepthEdges,
  type EdgesFound,
  isLazy,
  isRich,
  type PlaneFound,
} from './found.ts';
import { shapeOfPlane } from './plan.ts';

interface Depth {
  readonly layers: number;
}

export const facetOf = ({ layers }: Depth): string => `L = ${layers} weight layers`;

/** Theory's bend, through the middle of measured rates by one constant. */
function shapeThrough(
  { layers }: Depth,
  points: readonly { readonly richness: number; readonly log2: number }[],
): (richness: number) => number {
  const kept = points.filter(({ richness }) => isLazy(richness) || isRich(richness));
  const offsets = kept.map(
    ({ richness, log2 }) => log2 - Math.log2(shapeOfPlane(layers, richness)),
  );
  const offset = mean(offsets);
  return (richness) => 2 ** offset * shapeOfPlane(layers, richness);
}

export const line = (values: readonly number[], at: (richness: number) => number) =>
  values.map((richness) => [richness, at(richness)] as const);

/** Best rates with their intervals, where there is one. */
function bestRates({ plane }: PlaneFound) {
  return plane.flatMap((sweep) => {
    const { x, interval, status } = bestRate(sweep);
    if (x === null || interval === null) return [];
    return [{ richness: sweep.input.richness, rate: x, interval, edge: status === 'edge' }];
  });
}

/** Values of γ whose edges all lie within the rates. */
const within = (edges: readonly EdgesFound[]) =>
  edges.flatMap(({ richness, edges: each }) => {
    const known = each.filter((edge) => edge !== null);
    return known.length < each.length ? [] : [{ richness, edges: known }];
  });

/** Best rates, and beside them edges of stability of the depths that have them. */
export function planeFigure(
  found: readonly PlaneFound[],
  depthEdges: readonly DepthEdges[],
): Figure {
  return {
    id: 'richness-plane',
    title: 'The γ–η plane',
    caption:
      'Held-out loss of ReLU nets of width 64 after training on fresh examples, at every richness γ and learning rate η; crosses diverged. Points: the best rate of each column. Lines have slopes 2 and $2/L$, bent as in the scalar net; one constant of each is fitted. *Look for* the turn at $\\gamma = 1$ from slope 2 to $2/L$, and for the band of trainable rates, bounded from above by the edge of stability, from below by the horizon, growing narrower to the right, where plateaus are long.',
    chart: mapChart({
      x: { title: 'richness γ', scale: 'log10' },
      y: { title: 'learning rate η', scale: 'log10' },
      value: { title: 'held-out loss', scale: 'log10', strong: 'low' },
      cells: found.flatMap((depth) =>
        [...depth.plane, ...depth.far].flatMap(({ input, points }) =>
          points.map(({ x: y, losses }) => {
            const finished = losses.filter((loss) => loss !== null);
            const whole = finished.length === losses.length && losses.length > 0;
            // Beyond the constant's loss, 1, all is alike.
            const value = whole ? Math.min(1, mean(finished)) : null;
            return { facet: facetOf(depth), x: input.richness, y, value };
          }),
        ),
      ),
      theory: found.flatMap((depth) => {
        const values = depth.plane.map(({ input }) => input.richness);
        const best = bestRates(depth).map(({ richness, rate }) => ({
          richness,
          log2: Math.log2(rate),
        }));
        const edges = depthEdges
          .filter(({ layers }) => layers === depth.layers)
          .flatMap((own) => within(own.edges))
          .map(({ richness, edges: log2 }) => ({ richness, log2: mean(log2) }));
        const facet = facetOf(depth);
        return [
          ...(best.length === 0
            ? []
            : [{ facet, label: 'best rate', points: line(values, shapeThrough(depth, best)) }]),
          ...(edges.length === 0
            ? []
            : [
                {
                  ...{ facet, label: 'edge of stability', stroke: 'dashed' as const },
                  points: line(values, shapeThrough(depth, edges)),
                },
              ]),
        ];
      }),
      points: found.flatMap((depth) =>
        bestRates(depth).map(({ richness, rate, interval: [low, high], edge }) => ({
          ...{ facet: facetOf(depth), x: richness, y: rate, low, high, edge },
        })),
      ),
      pointsLabel: 'best rate, 95 % interval',
    }),
  };
}

export function edgeFigure(found: readonly DepthEdges[]): Figure {
  return {
    id: 'richness-edges',
    title: 'Edge of stability on fixed examples',
    caption: `The largest rate at which gradient descent on 32 examples does not raise its loss above the start within ${found[0]?.edges[0]?.steps} steps, mean over nets of width 64 with 95 % intervals. Dashed: $\\eta = \\gamma^2\\sigma_w^2N/\\lambda_{\\max}(\\Theta)$ of the infinitely wide net’s tangent kernel, nothing fitted. Solid: the same bent as the scalar net’s, $\\gamma^2/(1+\\gamma)^{2-2/L}$. *Look for* the points leaving the dashed line at $\\gamma = 1$: richer nets grow their own curvature.`,
    chart: lawChart({
      x: { title: 'richness γ', scale: 'log10' },
      y: { title: 'edge of stability', scale: 'log10' },
      columns: 2,
      theory: found.flatMap((depth) => {
        const values = depth.edges.map(({ richness }) => richness);
        const { layers, lazyEdge } = depth;
        const facet = facetOf(depth);
        return [
          {
            ...{ facet, label: 'with the kernel at its start', stroke: 'dashed' as const },
            points: line(values, (richness) => lazyEdge * richness ** 2),
          },
          {
            ...{ facet, label: 'with the scalar net’s bend' },
            points: line(values, (richness) => lazyEdge * shapeOfPlane(layers, richness)),
          },
        ];
      }),
      measured: found.flatMap((depth) =>
        within(depth.edges).map(({ richness, edges }) => {
          const { estimate, interval } = meanInterval(edges);
          const [low, high] = interval.map((end) => 2 ** end) as [number, number];
          return { facet: facetOf(depth), x: richness, y: 2 ** estimate, low, high };
        }),
      ),
    }),
  };
}
