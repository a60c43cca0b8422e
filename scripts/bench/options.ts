import { DEVICE_KINDS, type DeviceKind } from '@hyperlaw/engine';
import { readArguments } from '../../packages/cli/src/arguments.ts';
import { integer, oneOf } from '../../packages/cli/src/usage-error.ts';
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

/** Reads the command line. Throws bad usage, one line, for what it does not know. */
export function benchOptions(words: readonly string[]): BenchOptions | 'help' {
  if (words.some((word) => word === '--help' || word === '-h')) return 'help';
  const { options } = readArguments(words, {
    options: ['models', 'widths', 'optimizers', 'rounds', 'device', 'lanes'],
    flags: ['json', 'quick'],
  });
  const quick = options.quick !== undefined;
  const list = (text: string) => text.split(',');
  return {
    json: options.json !== undefined,
    models: list(options.models ?? models.join()).map((name) => oneOf('model', name, models)),
    widths:
      options.widths === undefined
        ? null
        : list(options.widths).map((width) => integer('width', width, 1)),
    optimizers: list(options.optimizers ?? optimizers.join()).map((name) =>
      oneOf('optimizer', name, optimizers),
    ),
    rounds: integer('number of rounds', options.rounds ?? (quick ? '5' : '15'), 1),
    seconds: quick ? 0.1 : 0.2,
    device: oneOf('device', options.device ?? 'cpu', DEVICE_KINDS),
    lanes: options.lanes === undefined ? null : integer('number of lanes', options.lanes, 1),
  };
}
