import { expect, it } from 'vitest';
import { namedGpu } from './gpu-name.ts';

it('is the first GPU with its driver', () => {
  expect(namedGpu('NVIDIA H100 80GB HBM3, 580.1\nNVIDIA T4, 580.1\n')).toBe(
    'NVIDIA H100 80GB HBM3, driver 580.1',
  );
  expect(namedGpu('')).toBeNull();
  expect(namedGpu('No devices were found\n')).toBeNull();
});
