import { afterAll, describe, expect, it } from 'vitest';
import type { Device } from '../devices/device.ts';
import type { Arrays, HostArray } from '../tensor-spec.ts';
import { expectClose, reference } from './conformance.ts';
import { seeded } from './inputs.ts';

import { nets } from './nets.ts';
import type { Net } from './training.ts';

interface Curve {
  readonly loss: HostArray;
  readonly state: Arrays;
}

/** Trains a net in calls of a few steps each. */
async function trained(
  device: Device,
  net: Net,
  perStep: Arrays,
  calls: readonly number[],
): Promise<Curve> {
  const program = await device.compileLoop(net.spec);
  const run = await program.start({ state: net.state, constants: net.constants });
  const steps = calls.reduce((a, b) => a + b, 0);
  const losses: number[] = [];
  let done = 0;
  for (const call of calls) {
    const rows = Object.fromEntries(
      Object.entries(perStep).map(([name, all]) => {
        const size = all.length / steps;
        return [name, all.slice(done * size, (done + call) * size)];
      }),
    );
    losses.push(...((await run.advance(call, rows)).loss as Float32Array));
    done += call;
  }
  const state = await run.read();
  await run.dispose();
  await program.dispose();
  return { loss: Float32Array.from(losses), state };
}

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
      const expected = await trained(reference, net, perStep, [30]);
      const actual = await trained(device, net, perStep, [17, 1, 0, 12]);
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
