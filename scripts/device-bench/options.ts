import { parseArgs } from 'node:util';
import { DEVICE_KINDS, type DeviceKind } from '@hyperlaw/engine';
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

/** Reads the words after the command. Throws one line for what it does not know. */
export function deviceBenchOptions(words: readonly string[]): DeviceBenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      devices: { type: 'string' },
      widths: { type: 'string' },
      lanes: { type: 'string' },
      optimizers: { type: 'string' },
      seconds: { type: 'string' },
      json: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { quick } = values;
  const seconds = Number(values.seconds ?? (quick ? 0.1 : 0.5));
  if (!(seconds > 0)) throw new Error(`unknown seconds: ${values.seconds} (a positive number)`);
  return {
    devices: values.devices
      ? list(values.devices).map((one) => known('device', one, DEVICE_KINDS))
      : null,
    widths: numbers(
      'width',
      values.widths ?? (quick ? '32,128' : '32,64,128,256,512,1024,2048,4096'),
    ),
    lanes: numbers('number of lanes', values.lanes ?? (quick ? '1,8' : '1,4,16,64,256,1024')),
    optimizers: list(values.optimizers ?? (quick ? 'sgd' : optimizers.join())).map((one) =>
      known('optimizer', one, optimizers),
    ),
    seconds,
    json: values.json ?? null,
    peers: !values['no-peers'],
    quick,
  };
}

function numbers(what: string, text: string): readonly number[] {
  return list(text).map((one) => {
    const number = Number(one);
    if (Number.isInteger(number) && number > 0) return number;
    throw new Error(`unknown ${what}: ${one} (a positive integer)`);
  });
}

function known<const T extends string>(what: string, text: string, all: readonly T[]): T {
  const found = all.find((one) => one === text);
  if (found === undefined) throw new Error(`unknown ${what}: ${text} (${all.join(', ')})`);
  return found;
}
