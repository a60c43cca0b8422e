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

const list = (text: string) => text.split(',');

/** Reads the words after the command. Throws bad usage, one line, for what it does not know. */
export function deviceBenchOptions(words: readonly string[]): DeviceBenchOptions {
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
