import { backend_util } from '@tensorflow/tfjs';
import type { GraphBuilder, Value } from '../graph.ts';
import { multiply, subtract } from './arithmetic.ts';
import { compare } from './comparison.ts';
import { cumulativeSum } from './cumulative.ts';
import { elementwise } from './elementwise.ts';
import { pad } from './joining.ts';
import type { KernelCall, Lowerings } from './lowering.ts';
import { reduce } from './reduction.ts';
import { cast, reshape } from './shape.ts';
import type { WindowAxis, Windows } from './windows.ts';
import {
  fromChannelsFirst,
  toChannelsFirst,
  transposedAttributes,
  windowAttributes,
  windowsOf,
} from './windows.ts';

type Shape4 = [number, number, number, number];

/** Lower than any number a network holds, yet finite: it is multiplied by zero. */
const LOWEST = -3.4e38;

function pools({ attribute }: KernelCall, x: Value): Windows {
  const windows = windowsOf(
    backend_util.computePool2DInfo(
      x.shape as Shape4,
      attribute('filterSize'),
      attribute('strides'),
      1,
      attribute('pad'),
      attribute('dimRoundingMode'),
    ),
  );
  const { height, width } = windows;
  if ([height, width].some(({ kernel, before, after }) => Math.max(before, after) >= kernel)) {
    throw new Error('padding as wide as the window is not traced');
  }
  return windows;
}

function pooled(call: KernelCall, op: 'MaxPool' | 'AveragePool'): Value {
  const { graph } = call;
  const x = call.input('x');
  const windows = pools(call, x);
  const images = toChannelsFirst(graph, x, windows);
  const { dilations: _, ...attributes } = windowAttributes(windows);
  const [batch = 1, channels = 1] = images.shape;
  const shape = [batch, channels, windows.height.output, windows.width.output];
  const result = graph.node(op, [images], { shape, dtype: x.dtype }, attributes);
  return fromChannelsFirst(graph, result, windows);
}

/** Every channel as an image of its own, `[batch · channel, 1, height, width]`. */
function planes(graph: GraphBuilder, x: Value, windows: Windows): Value {
  const images = toChannelsFirst(graph, x, windows);
  const [batch = 1, channels = 1, height = 1, width = 1] = images.shape;
  return reshape(graph, images, [batch * channels, 1, height, width]);
}

/** Adds up what windows give to the elements they read; `kernel` is `[window, 1, height, width]`. */
function spread(
  graph: GraphBuilder,
  given: Value,
  kernel: Value,
  windows: Windows,
  like: Value,
): Value {
  const { height, width } = windows;
  const shape = [given.shape[0] as number, 1, height.input, width.input];
  const sums = graph.node(
    'ConvTranspose',
    [given, kernel],
    { shape, dtype: given.dtype },
    transposedAttributes(windows),
  );
  const [batch = 1, , , channels = 1] = like.shape;
  const images = reshape(graph, sums, [batch, channels, height.input, width.input]);
  return fromChannelsFirst(graph, images, windows);
}

/** One filter for each place in the window, which reads that place alone. */
function places(graph: GraphBuilder, { height, width }: Windows): Value {
  const size = height.kernel * width.kernel;
  const identity = Float32Array.from({ length: size * size }, (_, i) =>
    i % (size + 1) === 0 ? 1 : 0,
  );
  return graph.constant(identity, [size, 1, height.kernel, width.kernel], 'float32');
}

const unpadded = (axis: WindowAxis): WindowAxis => ({
  ...axis,
  input: axis.input + axis.before + axis.after,
  before: 0,
  after: 0,
});

/**
 * The gradient goes to the first largest element of each window. A convolution lays the elements of a window
 * along the channels, where the largest is found, and a transposed one takes its share back to its place.
 */
function maxGradient(call: KernelCall): Value {
  const { graph } = call;
  const x = call.input('input');
  const windows = pools(call, x);
  const { height, width } = windows;
  const margins = [
    [0, 0],
    [0, 0],
    [height.before, height.after],
    [width.before, width.after],
  ] as const;
  const padded = pad(graph, planes(graph, x, windows), margins, LOWEST);
  const kernel = places(graph, windows);
  const [count = 1] = padded.shape;
  const [size = 1] = kernel.shape;
  const within = { ...windows, height: unpadded(height), width: unpadded(width) };
  const laid = graph.node(
    'Conv',
    [padded, kernel],
    { shape: [count, size, height.output, width.output], dtype: 'float32' },
    windowAttributes(within),
  );
  // 1 where an element is the largest, less how many before it are: 1 for the first, and for no other above 0.
  const largest = reduce(graph, 'ReduceMax', laid, [1], true);
  const hits = cast(graph, compare(graph, 'Equal', laid, largest), 'float32');
  const first = elementwise(graph, 'Relu', [
    subtract(graph, hits, cumulativeSum(graph, hits, { axis: 1, exclusive: true })),
  ]);
  const dy = planes(graph, call.input('dy'), windows);
  const shares = multiply(graph, first, dy);
  return spread(graph, shares, kernel, windows, x);
}

/** How many elements of the input each window along an axis reads. */
const reads = ({ input, output, kernel, stride, before }: WindowAxis): number[] =>
  Array.from({ length: output }, (_, i) => {
    const start = i * stride - before;
    return Math.min(start + kernel, input) - Math.max(start, 0);
  });

/**
 * The gradient of an average over the elements that a window reads, padding not counted. (tfjs' own cpu backend
 * divides by the window's full size at the borders, which is not the derivative of its average.)
 */
function averageGradient(call: KernelCall): Value {
  const { graph } = call;
  const x = call.input('input');
  const windows = pools(call, x);
  const { height, width } = windows;
  const across = reads(width);
  const weights = reads(height).flatMap((h) => across.map((w) => 1 / (h * w)));
  const weight = graph.constant(
    Float32Array.from(weights),
    [1, 1, height.output, width.output],
    'float32',
  );
  const ones = graph.uniform(1, [1, 1, height.kernel, width.kernel], 'float32');
  const shares = multiply(graph, planes(graph, call.input('dy'), windows), weight);
  return spread(graph, shares, ones, windows, x);
}

/** Pooling of images and its gradients. */
export const poolings: Lowerings = {
  MaxPool: (call) => pooled(call, 'MaxPool'),
  AvgPool: (call) => pooled(call, 'AveragePool'),
  MaxPoolGrad: maxGradient,
  AvgPoolGrad: averageGradient,
};
