import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../devices/device.ts';
import {
  type Case,
  difference,
  expectedOf,
  faultsOf,
  runCases,
  type Tolerances,
} from '../selftest/case.ts';
import type { Arrays, HostArray } from '../tensor-spec.ts';

/** Fails unless numbers agree: within `tolerance · (1 + |expected|)`, and NaN and infinities where expected. */
export function expectClose(
  actual: HostArray,
  expected: HostArray,
  tolerance: number,
  what = 'values',
): void {
  const fault = difference(actual, expected, tolerance);
  if (fault !== null) expect.fail(`${what}: ${fault}`);
}

/**
 * Holds a device to the reference, family by family: one test a case, one program a family. Where a family
 * does not compile as a whole, each case is run alone, so that one fault does not hide the others.
 */
export function describeConformance(
  what: string,
  families: Readonly<Record<string, readonly Case[]>>,
  tolerances: Tolerances,
  open: () => Promise<Device>,
): void {
  describe.each(Object.entries(families))(`%s on ${what}`, (_family, cases) => {
    let device: Device | undefined;
    let together: Arrays | undefined;
    beforeAll(async () => {
      device = await open();
      together = await runCases(device, cases).catch(() => undefined);
      // A software driver on a busy machine takes its time over a family.
    }, 60_000);
    afterAll(() => device?.close());
    it.each(cases)('$name', async (test) => {
      const actual = together ?? (await runCases(device as Device, [test]));
      const expected = await expectedOf(together ? cases : [test]);
      expect(faultsOf(test, actual, expected, tolerances)).toEqual([]);
    });
  });
}
