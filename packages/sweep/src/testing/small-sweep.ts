import { defineProtocol } from '../protocol.ts';
import type { SweepOptions } from '../sweep.ts';
import { landscapeArm } from './landscape.ts';

const noisy = { noise: 0.02, seedNoise: 0.05, cliff: -1.5 };

/** Four arms over two programs, of about 90 trials each. */
export const smallSweep: Omit<SweepOptions, 'journal' | 'pool'> = {
  arms: [8, 32].flatMap((width) =>
    ['sp', 'mup'].map((name) => {
      const best = { learningRate: name === 'sp' ? -4.2 : -3, initScale: 0.4, richness: -0.7 };
      const shape = { width };
      return landscapeArm(`${name}-${width}`, { best, ...noisy }, { shape, steps: 100 });
    }),
  ),
  protocol: defineProtocol(),
  cost: {
    lanesFor: () => 8,
    costOf: ({ shape, steps }) => (shape as { width: number }).width * steps,
  },
  semantics: 'test',
  now: () => 0,
};
