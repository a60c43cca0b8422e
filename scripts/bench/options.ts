import { parseArgs } from 'node:util';
import { DEVICE_KINDS, type DeviceKind } from '@hyperlaw/engine';
import { type BenchModel, type BenchOptimizer, benchModels, models, optimizers } from './models.ts';

/** What the benchmark is asked for. */
export interface BenchOptions {
  readonly json: boolean;
  readonly models: readonly BenchModel[];
  /** Null: those of each model. */
  readonly widths: readonly number[] | null;
  readonly optimizers: readonly BenchOptimizer[];
  readonly rounds: number;
  /** Seconds that a contestant trains in a round. */
  readonly seconds: number;
  readonly device: DeviceKind;
  /** Instead of the number that a sweep would choose. */
  readonly lanes: number | null;
}

/** The help text. */
export const usage = `npm run bench -- [options]

Times the engine's parts, and the same training side by side in hyperlaw, torch and JAX (npm run bench:peers).

  --json                 print only the rows of the side-by-side, as JSON
  --models mlp           models (mlp,transformer,moe)
  --widths 32,64         widths (of the MLP ${benchModels.mlp.widths.join()}, of the transformers ${benchModels.transformer.widths.join()})
  --optimizers sgd,adam  optimizers (both)
  --rounds 15            rounds, in each of which everybody trains for a moment
  --device cpu           cpu, webgpu, cuda or tensorflow; where it is a GPU the peers run on CUDA, or are left out
  --lanes 8              lanes of hyperlaw's program (as many as a sweep would choose)
  --quick                5 short rounds: a first impression, not a measurement`;

/** Reads the command line. Throws one line for what it does not know. */
export function benchOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    // A negative number is a value, which parseArgs doubts: `--widths -3` is read as `--widths=-3`.
    args:
      args.length === 0
        ? []
        : args
            .join('\0')
            .replace(/\0(?=-\d)/g, '=')
            .split('\0'),
    options: {
      json: { type: 'boolean', default: false },
      models: { type: 'string', default: models.join() },
      widths: { type: 'string' },
      optimizers: { type: 'string', default: optimizers.join() },
      rounds: { type: 'string' },
      device: { type: 'string', default: 'cpu' },
      lanes: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    json: values.json,
    models: values.models.split(',').map((name) => oneOf('model', name, models)),
    widths: values.widths?.split(',').map((width) => positive('width', width)) ?? null,
    optimizers: values.optimizers.split(',').map((name) => oneOf('optimizer', name, optimizers)),
    rounds: positive('number of rounds', values.rounds ?? (values.quick ? '5' : '15')),
    seconds: values.quick ? 0.1 : 0.2,
    device: oneOf('device', values.device, DEVICE_KINDS),
    lanes: values.lanes === undefined ? null : positive('number of lanes', values.lanes),
  };
}

function positive(what: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`unknown ${what}: ${text} (a positive integer)`);
}

function oneOf<const T extends string>(what: string, text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found === undefined) throw new Error(`unknown ${what}: ${text} (${known.join(', ')})`);
  return found;
}
