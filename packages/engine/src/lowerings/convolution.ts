import { backend_util } from '@tensorflow/tfjs';
import type { Attributes, GraphBuilder, Value } from '../graph.ts';
import { sizeOf } from '../tensor-spec.ts';
import { activate } from './activation.ts';
import { add } from './arithmetic.ts';
import type { KernelCall, Lowerings } from './lowering.ts';
import { matmul } from './matmul.ts';
import { reduce } from './reduction.ts';
import { reshape, transpose } from './shape.ts';
import { slice } from './slicing.ts';
import type { WindowAxis, Windows } from './windows.ts';
import {
  fromChannelsFirst,
  toChannelsFirst,
  transposedAttributes,
  windowAttributes,
  windowsOf,
} from './windows.ts';

type Shape4 = [number, number, number, number];

/** Whether every filter reads all channels, or (`depthwise`) one: then each channel is a group of its own. */
type Kind = 'plain' | 'depthwise';

/** What a convolution kernel was asked for; the forward kernel and both gradients pass the same attributes. */
interface Convolution {
  readonly windows: Windows;
  readonly kind: Kind;
  readonly inChannels: number;
  readonly outChannels: number;
}

function convolution(
  { attribute }: KernelCall,
  x: readonly number[],
  filter: readonly number[],
  kind: Kind,
): Convolution {
  const info = backend_util.computeConv2DInfo(
    x as Shape4,
    filter as Shape4,
    attribute('strides'),
    attribute<[number, number] | undefined>('dilations') ?? 1,
    attribute('pad'),
    attribute('dimRoundingMode'),
    kind === 'depthwise',
    backend_util.convertConv2DDataFormat(
      attribute<'NHWC' | 'NCHW' | undefined>('dataFormat') ?? 'NHWC',
    ),
  );
  const { inChannels, outChannels } = info;
  return { windows: windowsOf(info), kind, inChannels, outChannels };
}

const group = ({ kind, inChannels }: Convolution): Attributes => ({
  group: { kind: 'int', value: kind === 'depthwise' ? inChannels : 1 },
});

/** A 1×1 convolution is a matrix product over the channels, with nothing to transpose. */
function isPointwise({ windows, kind }: Convolution): boolean {
  const single = ({ kernel, stride, before, after, slack }: WindowAxis) =>
    kernel === 1 && stride === 1 && before + after + slack === 0;
  return (
    kind === 'plain' && !windows.channelsFirst && single(windows.height) && single(windows.width)
  );
}

const rows = (graph: GraphBuilder, x: Value) => {
  const channels = x.shape.at(-1) as number;
  return reshape(graph, x, [sizeOf(x.shape.slice(0, -1)), channels]);
};

/** Filters `[height, width, in, out]` as ONNX wants them, `[out, in / group, height, width]`. */
function filters(graph: GraphBuilder, filter: Value, { kind, outChannels }: Convolution) {
  if (kind === 'plain') return transpose(graph, filter, [3, 2, 0, 1]);
  const [height, width] = filter.shape as Shape4;
  return reshape(graph, transpose(graph, filter, [2, 3, 0, 1]), [outChannels, 1, height, width]);
}

function forward(call: KernelCall, kind: Kind): Value {
  const { graph } = call;
  const x = call.input('x');
  const filter = call.input('filter');
  const plan = convolution(call, x.shape, filter.shape, kind);
  const { windows, inChannels, outChannels } = plan;
  if (isPointwise(plan)) {
    const product = matmul(
      graph,
      rows(graph, x),
      reshape(graph, filter, [inChannels, outChannels]),
    );
    return reshape(graph, product, [...x.shape.slice(0, -1), outChannels]);
  }
  const { height, width } = windows;
  const images = toChannelsFirst(graph, x, windows);
  const result = graph.node(
    'Conv',
    [images, filters(graph, filter, plan)],
    {
      shape: [images.shape[0] as number, outChannels, height.output, width.output],
      dtype: x.dtype,
    },
    { ...windowAttributes(windows), ...group(plan) },
  );
  return fromChannelsFirst(graph, result, windows);
}

/** The gradient with respect to the images: a transposed convolution with the same filters. */
function inputGradient(call: KernelCall, kind: Kind): Value {
  const { graph } = call;
  const dy = call.input('dy');
  const filter = call.input('filter');
  const shape = call.attribute<Shape4>('inputShape');
  const plan = convolution(call, shape, filter.shape, kind);
  const { windows, inChannels, outChannels } = plan;
  if (isPointwise(plan)) {
    const flat = reshape(graph, filter, [inChannels, outChannels]);
    return reshape(graph, matmul(graph, rows(graph, dy), flat, { transposeB: true }), shape);
  }
  // One group for each output channel: the WebGPU provider adds up wrongly where a group has several.
  const channels = kind === 'depthwise' ? outChannels : inChannels;
  const { height, width } = windows;
  const [batch] = shape;
  const result = graph.node(
    'ConvTranspose',
    [toChannelsFirst(graph, dy, windows), filters(graph, filter, plan)],
    { shape: [batch, channels, height.input, width.input], dtype: dy.dtype },
    {
      ...transposedAttributes(windows),
      group: { kind: 'int', value: kind === 'depthwise' ? channels : 1 },
    },
  );
  const multiplier = channels / inChannels;
  const split = reshape(graph, result, [batch, inChannels, multiplier, height.input, width.input]);
  return fromChannelsFirst(graph, reduce(graph, 'ReduceSum', split, [2]), windows);
}

/** A convolution of images by their gradients makes the filter: strides and dilations change places. */
function exchanged(axis: WindowAxis): WindowAxis {
  const trimmed = Math.min(axis.slack, axis.after);
  const slack = axis.slack - trimmed;
  return {
    input: axis.input,
    before: axis.before,
    after: axis.after - trimmed,
    kernel: axis.output,
    stride: axis.dilation,
    dilation: axis.stride,
    output: axis.kernel + Math.floor(slack / axis.dilation),
    slack,
  };
}

/** The gradient with respect to the filters: images and gradients change roles of batch and channel and are convolved. */
function filterGradient(call: KernelCall, kind: Kind): Value {
  const { graph } = call;
  const x = call.input('x');
  const dy = call.input('dy');
  const shape = call.attribute<Shape4>('filterShape');
  const plan = convolution(call, x.shape, shape, kind);
  const { windows, inChannels, outChannels } = plan;
  if (isPointwise(plan)) {
    return reshape(
      graph,
      matmul(graph, rows(graph, x), rows(graph, dy), { transposeA: true }),
      shape,
    );
  }
  const roles = windows.channelsFirst ? [1, 0, 2, 3] : [3, 0, 1, 2];
  const height = exchanged(windows.height);
  const width = exchanged(windows.width);
  const images = transpose(graph, x, roles);
  const batch = images.shape[1] as number;
  const depthwise = kind === 'depthwise';
  const input = depthwise
    ? reshape(graph, images, [1, inChannels * batch, height.input, width.input])
    : images;
  const found = graph.node(
    'Conv',
    [input, transpose(graph, dy, roles)],
    {
      shape: [depthwise ? 1 : inChannels, outChannels, height.output, width.output],
      dtype: x.dtype,
    },
    { ...windowAttributes({ ...windows, height, width }), ...group(plan) },
  );
  const [kernelHeight, kernelWidth, , multiplier] = shape;
  const [first = 1, second = 1] = found.shape;
  const cut = slice(graph, found, [0, 0, 0, 0], [first, second, kernelHeight, kernelWidth]);
  const filter = depthwise
    ? reshape(graph, cut, [inChannels, multiplier, kernelHeight, kernelWidth])
    : cut;
  return transpose(graph, filter, [2, 3, 0, 1]);
}

function fused(call: KernelCall, kind: Kind): Value {
  const { graph } = call;
  const result = forward(call, kind);
  const bias = call.optional('bias');
  if (!bias) return activate(call, result);
  if (call.attribute('dataFormat') === 'NCHW') {
    throw new Error('unknown data format of a fused convolution: NCHW (NHWC)');
  }
  return activate(call, add(graph, result, bias));
}

/** Convolutions of images and their gradients. */
export const convolutions: Lowerings = {
  Conv2D: (call) => forward(call, 'plain'),
  Conv2DBackpropInput: (call) => inputGradient(call, 'plain'),
  Conv2DBackpropFilter: (call) => filterGradient(call, 'plain'),
  FusedConv2D: (call) => fused(call, 'plain'),
  DepthwiseConv2dNative: (call) => forward(call, 'depthwise'),
  DepthwiseConv2dNativeBackpropInput: (call) => inputGradient(call, 'depthwise'),
  DepthwiseConv2dNativeBackpropFilter: (call) => filterGradient(call, 'depthwise'),
  FusedDepthwiseConv2D: (call) => fused(call, 'depthwise'),
};
