import { DEVICE_KINDS, type DeviceKind } from '@hyperlaw/engine';
import { readArguments } from '../../packages/cli/src/arguments.ts';
import { integer, number, oneOf, UsageError } from '../../packages/cli/src/usage-error.ts';
import { type BenchOptimizer, optimizers } from '../bench/models.ts';

/** What is measured. */
export interface DeviceBenchOptions {
  /** Null: every device that starts. */
  readonly devices: readonly DeviceKind[] | null;
  readonly widths: readonly number[];
  readonly lanes: readonly number[];
  readonly optimizers: readonly BenchOptimizer[];
  /** Seconds that a case is measured. */
  readonly seconds: number;
  /** Where the figures go as JSON, beside the table. */
  readonly json: string | null;
  readonly peers: boolean;
  readonly quick: boolean;
}

export const deviceBenchUsage = `hyperlaw bench [options]

Model-steps per second of an MLP (3 hidden layers, batch 64) on every device that starts, over widths and lanes, beside
what the device could do at best, and torch and JAX where a Python has them (HYPERLAW_PEERS_PYTHON): torch eagerly with one
model, batched, and compiled (torch.compile); JAX as jit of vmap of scan, float32 at the highest precision and at the default.

  --devices cpu,webgpu   those alone
  --widths 32,…,4096     powers of two unless given
  --lanes 1,4,…,1024     powers of four unless given
  --optimizers sgd,adam  both unless given
  --seconds 0.5          for each case
  --json <file>          the figures
  --no-peers             hyperlaw alone
  --quick                two widths, two numbers of lanes, SGD: a first impression, not a measurement`;

const list = (text: string) => text.split(',');

/** Reads the words after the command. Throws bad usage, one line, for what it does not know. */
export function deviceBenchOptions(words: readonly string[]): DeviceBenchOptions | 'help' {
  if (words.some((word) => word === '--help' || word === '-h')) return 'help';
  const { options } = readArguments(words, {
    options: ['devices', 'widths', 'lanes', 'optimizers', 'seconds', 'json'],
    flags: ['no-peers', 'quick'],
  });
  const quick = options.quick !== undefined;
  const seconds = number('seconds', options.seconds ?? (quick ? '0.1' : '0.5'));
  if (!(seconds > 0)) {
    throw new UsageError(`unknown seconds: ${options.seconds} (a positive number)`);
  }
  return {
    devices:
      options.devices !== undefined
        ? list(options.devices).map((one) => oneOf('device', one, DEVICE_KINDS))
        : null,
    widths: integers(
      'width',
      options.widths ?? (quick ? '32,128' : '32,64,128,256,512,1024,2048,4096'),
    ),
    lanes: integers('number of lanes', options.lanes ?? (quick ? '1,8' : '1,4,16,64,256,1024')),
    optimizers: list(options.optimizers ?? (quick ? 'sgd' : optimizers.join())).map((one) =>
      oneOf('optimizer', one, optimizers),
    ),
    seconds,
    json: options.json ?? null,
    peers: options['no-peers'] === undefined,
    quick,
  };
}

const integers = (what: string, text: string) => list(text).map((one) => integer(what, one, 1));
