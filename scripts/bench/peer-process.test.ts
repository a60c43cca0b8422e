import { expect, it } from 'vitest';
import { peerEnvironment } from './peer-process.ts';

const environment = {
  PATH: '/bin',
  NVIDIA_TF32_OVERRIDE: '0',
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '999999',
  MALLOC_TRIM_THRESHOLD_: '999999',
};

it("leaves a peer of another make the system's own allocator and precision, in the environment given", () => {
  const given = peerEnvironment({ environment, hardware: 'processor', foreign: true });
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  expect(set.map(([name]) => name).filter((name) => /^MALLOC|TF32/.test(name))).toEqual([]);
  expect(given).toMatchObject({ PATH: '/bin', OMP_NUM_THREADS: '1' });
});

it('starts hyperlaw with the allocator that the command has', () => {
  expect(peerEnvironment({ environment, hardware: 'processor', foreign: false })).toMatchObject({
    MALLOC_ARENA_MAX: '2',
    MALLOC_TRIM_THRESHOLD_: '999999',
  });
});

it.each([
  ['processor', 'cpu', 'cpu'],
  ['gpu', 'gpu', undefined],
] as const)('computes on the hardware of the device: the %s', (hardware, device, platforms) => {
  const given = peerEnvironment({ environment: {}, hardware, foreign: true });
  expect(given.PEER_DEVICE).toBe(device);
  expect(given.JAX_PLATFORMS).toBe(platforms);
});
