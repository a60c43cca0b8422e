import {
  findBackendFactory,
  KernelBackend,
  registerBackend,
  removeBackend,
} from '@tensorflow/tfjs';
import { afterEach, expect, it } from 'vitest';
import { tryTensorflow } from './tensorflow.ts';

const env = { PATH: '/nonexistent' };

/** What loads in place of a package with a native library, and registers a backend as that does. */
function made(isUsingGpuDevice: boolean) {
  return async () => {
    registerBackend('tensorflow', () =>
      Object.assign(new KernelBackend(), { isUsingGpuDevice, dispose() {} }),
    );
    return { node: { TF_VERSION: '2.9.1' } };
  };
}

afterEach(() => {
  if (findBackendFactory('tensorflow')) removeBackend('tensorflow');
});

it.each([
  [true, 'gpu', 'a GPU'],
  [false, 'processor', 'the processor'],
] as const)('computes where the library says: a GPU, %s', async (gpu, hardware, where) => {
  const attempt = await tryTensorflow({ env }, made(gpu));
  if (!attempt.starts) throw new Error(attempt.reason);
  expect(attempt.open('named')).toMatchObject({
    hardware,
    name: `TensorFlow 2.9.1, @tensorflow/tfjs-node-gpu, eager, on ${where}`,
  });
});

it('says of both packages why they do not load', async () => {
  const missing = Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' });
  const attempt = await tryTensorflow({ env }, () => Promise.reject(missing));
  expect(attempt).toMatchObject({
    starts: false,
    reason: '@tensorflow/tfjs-node-gpu is not installed, @tensorflow/tfjs-node is not installed',
  });
});
