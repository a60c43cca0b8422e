import { expect, it } from 'vitest';
import type { Device } from '../devices/device.ts';
import { reference } from './case.ts';
import { selftest } from './selftest.ts';

async function faultsOn(device: Device) {
  const found: Record<string, readonly string[]> = {};
  for await (const { name, faults } of selftest(device)) {
    if (faults.length > 0) found[name] = faults;
  }
  return found;
}

it('finds nothing wrong with the reference', async () => {
  expect(await faultsOn(reference)).toEqual({});
});

it('finds what is off by more than its tolerance, and what does not run, and goes on', async () => {
  const wrong: Device = {
    ...reference,
    async compile(spec) {
      const names = Object.keys(spec.inputs).join();
      if (names.includes('softmax')) throw new Error('no such kernel\nat all');
      const program = await reference.compile(spec);
      return {
        ...program,
        async run(inputs) {
          const outputs = await program.run(inputs);
          const sum = Object.entries(outputs).find(([name]) => name === 'matMul: value 0');
          return sum ? { ...outputs, [sum[0]]: sum[1].map((value) => value * 1.01) } : outputs;
        },
      };
    },
  };
  const found = await faultsOn(wrong);
  expect(Object.keys(found)).toEqual(['softmax', 'product']);
  expect(found.softmax?.every((line) => line.endsWith(': no such kernel'))).toBe(true);
  expect(found.product).toEqual([
    expect.stringMatching(/^matMul: value 0: element 0 is .* expected/),
  ]);
});
