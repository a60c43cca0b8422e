import { expect, it } from 'vitest';
import { benchOptions } from './options.ts';

it('reads what it is asked for', () => {
  const options = benchOptions(['--widths', '32,64', '--optimizers', 'adam', '--rounds', '5']);
  expect(options).toMatchObject({ widths: [32, 64], optimizers: ['adam'], rounds: 5, json: false });
  expect(options).toMatchObject({ models: ['mlp', 'transformer', 'moe'] });
  expect(benchOptions([])).toMatchObject({ widths: null });
});

it.each([
  [['--widths', '-3'], 'unknown width: -3 (a positive integer)'],
  [['--optimizers', 'lion'], 'unknown optimizer: lion (sgd, adam)'],
  [['--device', 'tpu'], 'unknown device: tpu (cpu, webgpu, cuda, tensorflow)'],
  [['--models', 'rnn'], 'unknown model: rnn (mlp, transformer, moe)'],
  [['--rounds', '0'], 'unknown number of rounds: 0 (a positive integer)'],
])('refuses %j in one line', (args, message) => {
  expect(() => benchOptions(args)).toThrow(message);
});
