import { backend_util } from '@tensorflow/tfjs';
import { sizeOf } from '../tensor-spec.ts';
import { pad } from './joining.ts';
import type { Lowerings } from './lowering.ts';
import { reshape, transpose } from './shape.ts';
import { slice } from './slicing.ts';

/** Blocks of space moved into the batch or the depth, and back: reshapes around a transpose. */
export const blocks: Lowerings = {
  SpaceToBatchND: ({ graph, input, attribute }) => {
    const given = input('x');
    const block = attribute<number[]>('blockShape');
    const rest = given.shape.slice(1 + block.length).map(() => [0, 0] as const);
    const x = pad(graph, given, [[0, 0], ...attribute<[number, number][]>('paddings'), ...rest], 0);
    const count = sizeOf(block);
    const cut = backend_util.getReshaped(x.shape as number[], block, count, false);
    const perm = backend_util.getPermuted(cut.length, block.length, false);
    const shape = backend_util.getReshapedPermuted(x.shape as number[], block, count, false);
    return reshape(graph, transpose(graph, reshape(graph, x, cut), perm), shape);
  },
  BatchToSpaceND: ({ graph, input, attribute }) => {
    const x = input('x');
    const block = attribute<number[]>('blockShape');
    const crops = attribute<number[][]>('crops');
    const count = sizeOf(block);
    const cut = backend_util.getReshaped(x.shape as number[], block, count);
    const perm = backend_util.getPermuted(cut.length, block.length);
    const shape = backend_util.getReshapedPermuted(x.shape as number[], block, count);
    const whole = reshape(graph, transpose(graph, reshape(graph, x, cut), perm), shape);
    const begin = backend_util.getSliceBeginCoords(crops, block.length);
    return slice(graph, whole, begin, backend_util.getSliceSize(shape, crops, block.length));
  },
  DepthToSpace: ({ graph, input, attribute }) => {
    const x = input('x');
    const block = attribute<number>('blockSize');
    if (attribute('dataFormat') !== 'NHWC') {
      throw new Error(`unknown data format: ${attribute('dataFormat')} (NHWC)`);
    }
    const [n, h, w, c] = x.shape as [number, number, number, number];
    const depth = c / (block * block);
    const cut = reshape(graph, x, [n, h, w, block, block, depth]);
    return reshape(graph, transpose(graph, cut, [0, 1, 3, 2, 4, 5]), [
      n,
      h * block,
      w * block,
      depth,
    ]);
  },
};
