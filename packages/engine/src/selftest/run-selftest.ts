import type { Device } from '../devices/device.ts';
import type { SelftestPart } from './selftest.ts';

/** Holds a device to the reference, as `selftest` does, which is loaded with all of tfjs when it is first asked. */
export async function* runSelftest(
  device: Device,
  options: { readonly every?: number } = {},
): AsyncGenerator<SelftestPart> {
  const { selftest } = await import('./selftest.ts');
  yield* selftest(device, options);
}
