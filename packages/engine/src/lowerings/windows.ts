import type { backend_util } from '@tensorflow/tfjs';
import type { Attributes, GraphBuilder, Value } from '../graph.ts';
import { transpose } from './shape.ts';

/** One spatial axis of a convolution or a pooling. */
export interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Padded elements behind the last window. */
  readonly slack: number;
}

export interface Windows {
  readonly height: WindowAxis;
  readonly width: WindowAxis;
  readonly channelsFirst: boolean;
}

function windowAxis(axis: Omit<WindowAxis, 'after' | 'slack'>, after: number): WindowAxis {
  const { input, output, kernel, stride, dilation, before } = axis;
  const reach = (output - 1) * stride + (kernel - 1) * dilation + 1;
  // Rounding up makes windows that overhang the padding: they read more of it.
  const padded = Math.max(after, reach - input - before);
  const slack = input + before + padded - reach;
  // tfjs takes the extents of both axes from the numbers of the first.
  if (slack >= stride) {
    throw new Error(
      `a number as padding is traced for kernels, strides and dilations that are the same along both axes only ('same', 'valid' or a list)`,
    );
  }
  return { ...axis, after: padded, slack };
}

/** The windows of a convolution or a pooling, as tfjs works them out. */
export function windowsOf(info: backend_util.Conv2DInfo): Windows {
  const height = {
    input: info.inHeight,
    output: info.outHeight,
    kernel: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: info.padInfo.top,
  };
  const width = {
    input: info.inWidth,
    output: info.outWidth,
    kernel: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: info.padInfo.left,
  };
  return {
    height: windowAxis(height, info.padInfo.bottom),
    width: windowAxis(width, info.padInfo.right),
    channelsFirst: info.dataFormat === 'channelsFirst',
  };
}

const ints = (...value: number[]) => ({ kind: 'ints', value }) as const;

/** Attributes of ONNX's window operators. */
export function windowAttributes({ height, width }: Windows): Attributes {
  return {
    kernel_shape: ints(height.kernel, width.kernel),
    strides: ints(height.stride, width.stride),
    dilations: ints(height.dilation, width.dilation),
    pads: ints(height.before, width.before, height.after, width.after),
  };
}

/** Those of a transposed convolution, which makes the input's extents again. */
export function transposedAttributes(windows: Windows): Attributes {
  const { height, width } = windows;
  return { ...windowAttributes(windows), output_padding: ints(height.slack, width.slack) };
}

/** Images as ONNX wants them, `[batch, channel, height, width]`. */
export const toChannelsFirst = (graph: GraphBuilder, x: Value, { channelsFirst }: Windows) =>
  channelsFirst ? x : transpose(graph, x, [0, 3, 1, 2]);

/** Images from ONNX as the tfjs kernel returns them. */
export const fromChannelsFirst = (graph: GraphBuilder, x: Value, { channelsFirst }: Windows) =>
  channelsFirst ? x : transpose(graph, x, [0, 2, 3, 1]);
