import type { GraphBuilder, Value } from '../graph.ts';
import type { KernelCall, Lowering, Lowerings } from './lowering.ts';
import { matmul } from './matmul.ts';
import { reshape } from './shape.ts';

interface Options {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Which elements of an axis make which element of the resized one: `[position, weight]` pairs. */
type Sampling = (source: number, extent: number, options: Options) => [number, number][];

const nearest: Sampling = (source, extent, { alignCorners }) => {
  const position = alignCorners ? Math.round(source) : Math.floor(source);
  return [[Math.min(extent - 1, Math.max(0, position)), 1]];
};

const bilinear: Sampling = (given, extent, { halfPixelCenters }) => {
  const source = halfPixelCenters ? given - 0.5 : given;
  const low = Math.max(0, Math.floor(source));
  const high = Math.min(extent - 1, Math.max(0, Math.ceil(source)));
  const share = source - low;
  return [
    [low, 1 - share],
    [high, share],
  ];
};

/** The linear map of one axis, `[to, from]`. */
function axisMap(sampling: Sampling, from: number, to: number, options: Options): Float32Array {
  const corners = options.alignCorners && to > 1;
  const ratio = corners ? (from - 1) / (to - 1) : from / to;
  const map = new Float32Array(from * to);
  for (let i = 0; i < to; i++) {
    const source = ratio * (options.halfPixelCenters ? i + 0.5 : i);
    for (const [position, weight] of sampling(source, from, options)) {
      const at = i * from + position;
      map[at] = (map[at] as number) + weight;
    }
  }
  return map;
}

/** From images to resized ones, or from gradients of these to those of the images. */
type Direction = 'forwards' | 'backwards';

/** Applies a map of the rows and one of the columns; backwards, their transposes. */
function apply(
  graph: GraphBuilder,
  x: Value,
  { rows, columns }: { readonly rows: Value; readonly columns: Value },
  direction: Direction,
): Value {
  const transposeA = direction === 'backwards';
  const [batch = 1, , width = 1, channels = 1] = x.shape;
  const extent = (map: Value) => map.shape[transposeA ? 1 : 0] as number;
  const height = extent(rows);
  const flat = reshape(graph, x, [batch, x.shape[1] as number, width * channels]);
  const tall = reshape(graph, matmul(graph, rows, flat, { transposeA }), [
    batch * height,
    width,
    channels,
  ]);
  const wide = matmul(graph, columns, tall, { transposeA });
  return reshape(graph, wide, [batch, height, extent(columns), channels]);
}

/** A resize is linear and separable: a constant matrix times the rows, another times the columns. */
function resized(call: KernelCall, sampling: Sampling, direction: Direction): Value {
  const { graph, attribute } = call;
  const options: Options = {
    alignCorners: attribute<boolean | undefined>('alignCorners') ?? false,
    halfPixelCenters: attribute<boolean | undefined>('halfPixelCenters') ?? false,
  };
  const images = call.input('images');
  const backwards = direction === 'backwards';
  const x = backwards ? call.input('dy') : images;
  const [, height = 1, width = 1] = images.shape;
  const [toHeight, toWidth] = backwards
    ? [x.shape[1] as number, x.shape[2] as number]
    : attribute<readonly [number, number]>('size');
  const map = (from: number, to: number) =>
    graph.constant(axisMap(sampling, from, to, options), [to, from], 'float32');
  const maps = { rows: map(height, toHeight), columns: map(width, toWidth) };
  return apply(graph, x, maps, direction);
}

const resize =
  (sampling: Sampling, direction: Direction): Lowering =>
  (call) =>
    resized(call, sampling, direction);

/** Resizing of images and its gradients. */
export const resizes: Lowerings = {
  ResizeNearestNeighbor: resize(nearest, 'forwards'),
  ResizeNearestNeighborGrad: resize(nearest, 'backwards'),
  ResizeBilinear: resize(bilinear, 'forwards'),
  ResizeBilinearGrad: resize(bilinear, 'backwards'),
};
