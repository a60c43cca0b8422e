import { expect, it } from 'vitest';
import { deviceBenchOptions } from './options.ts';

it('measures everything unless it is told otherwise', () => {
  expect(deviceBenchOptions([])).toMatchObject({
    ...{ devices: null, peers: true, json: null, optimizers: ['sgd', 'adam'] },
    ...{ lanes: [1, 4, 16, 64, 256, 1024] },
  });
  expect(
    deviceBenchOptions(['--widths', '32,64', '--devices', 'webgpu', '--no-peers']),
  ).toMatchObject({ widths: [32, 64], devices: ['webgpu'], peers: false });
});

it.each([
  [['--widths', '0'], 'unknown width: 0 (a positive integer)'],
  [['--lanes', '1,x'], 'unknown number of lanes: x (a positive integer)'],
  [['--devices', 'tpu'], 'unknown device: tpu (cpu, webgpu, cuda, tensorflow)'],
  [['--optimizers', 'lion'], 'unknown optimizer: lion (sgd, adam)'],
  [['--seconds', '-1'], /seconds/],
])('refuses %j in one line', (words, line) => {
  expect(() => deviceBenchOptions(words)).toThrow(line);
});
