import type { Device } from '../devices/device.ts';
import type { Arrays, HostArray } from '../tensor-spec.ts';
import type { Net } from './training.ts';

/** What training came to. */
export interface Curve {
  readonly loss: HostArray;
  readonly state: Arrays;
}

/** Trains a net in calls of a few steps each. */
export async function trainNet(
  device: Device,
  net: Net,
  perStep: Arrays,
  calls: readonly number[],
): Promise<Curve> {
  const program = await device.compileLoop(net.spec);
  try {
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
    return { loss: Float32Array.from(losses), state };
  } finally {
    await program.dispose();
  }
}
