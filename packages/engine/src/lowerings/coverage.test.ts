import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { allLowerings } from './index.ts';

/** Kernels of tfjs' cpu backend that training does not reach, by the reason why they are not traced. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'complex numbers': ['Complex', 'ComplexAbs', 'FFT', 'IFFT', 'Imag', 'Real'],
  strings: ['StaticRegexReplace', 'StringNGrams', 'StringSplit', 'StringToHashBucketFast'],
  'shapes that depend on values': [
    'NonMaxSuppressionV3',
    'NonMaxSuppressionV4',
    'NonMaxSuppressionV5',
    'RaggedGather',
    'RaggedRange',
    'RaggedTensorToTensor',
    'SparseFillEmptyRows',
    'SparseReshape',
    'SparseSegmentMean',
    'SparseSegmentSum',
    'SparseToDense',
    'Unique',
  ],
  volumes: [
    'AvgPool3D',
    'AvgPool3DGrad',
    'Conv3D',
    'Conv3DBackpropFilterV2',
    'Conv3DBackpropInputV2',
    'MaxPool3D',
    'MaxPool3DGrad',
  ],
  'image processing': [
    'CropAndResize',
    'Dilation2D',
    'Dilation2DBackpropFilter',
    'Dilation2DBackpropInput',
    'Draw',
    'FlipLeftRight',
    'LRN',
    'LRNGrad',
    'MaxPoolWithArgmax',
    'RotateWithOffset',
    'Transform',
  ],
  'randomness, which is an input': ['Multinomial'],
  searching: ['LowerBound', 'SearchSorted', 'UpperBound'],
  'shapes as values': ['BroadcastArgs'],
};

it('every kernel of the cpu backend is lowered, or left out for a reason', () => {
  const kernels = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName);
  const missing = kernels.filter((name) => !(name in allLowerings));
  expect(missing.sort()).toEqual(
    Object.values(leftOut)
      .flat()
      .filter((name) => kernels.includes(name))
      .sort(),
  );
});

it('nothing is lowered that was given as left out', () => {
  expect(
    Object.values(leftOut)
      .flat()
      .filter((name) => name in allLowerings),
  ).toEqual([]);
});
