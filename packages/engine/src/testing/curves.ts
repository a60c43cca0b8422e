import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '../devices/device.ts';
import { reference } from '../selftest/case.ts';
import { trainNet } from '../selftest/curve.ts';
import { seeded } from '../selftest/inputs.ts';
import { nets } from '../selftest/nets.ts';
import type { HostArray } from '../tensor-spec.ts';
import { expectClose } from './conformance.ts';

/**
 * Whole training curves against eager tfjs. A step's rounding error is carried on and grows as training goes:
 * the tolerance is for some thirty steps of it.
 */
export function describeCurves(what: string, tolerance: number, open: () => Promise<Device>): void {
  describe(`training on ${what} follows eager tfjs`, async () => {
    const device = await open();
    afterAll(() => device.close());
    it.each(nets.map((make) => make(seeded(3))))('$name', async (net) => {
      const perStep = net.perStep(30);
      const expected = await trainNet(reference, net, perStep, [30]);
      const actual = await trainNet(device, net, perStep, [17, 1, 0, 12]);
      expectClose(actual.loss, expected.loss, tolerance, 'loss');
      for (const [name, values] of Object.entries(expected.state)) {
        expectClose(actual.state[name] as HostArray, values, tolerance, name);
      }
      // It trains: a curve that stood still would agree with anything.
      const lanes = expected.loss.length / 30;
      expect(expected.loss.at(-1)).not.toBeCloseTo(expected.loss[lanes - 1] as number, 2);
    });
  });
}
