import { appendFileSync, readFileSync } from 'node:fs';
import type { Experiment, ExperimentRunner } from '../experiment.ts';
import type { Runner } from '../pool.ts';
import { gaussian, landscapeRunner, uniform } from './landscape.ts';

/** What a made-up experiment is given. */
interface Input {
  readonly seed: number;
  /** How it ends; well unless given. */
  readonly end?: 'throw' | 'exit' | 'infinite' | 'typed' | 'nothing';
}

/** A made-up experiment of some seconds' cost. */
export function madeUpExperiment(
  input: Input,
  { name = `experiment-${input.seed}`, cost = 1, version = 1 }: Partial<Experiment> = {},
): Experiment {
  return { name, kind: 'made-up', input, data: [], version, cost };
}

/** Experiments of unequal cost. */
export const someExperiments = Array.from({ length: 24 }, (_, seed) =>
  madeUpExperiment({ seed }, { cost: 0.1 + uniform(`cost ${seed}`) }),
);

/** Makes a made-up experiment: numbers that are a function of its seed. */
export const madeUp: ExperimentRunner = async ({ input }, { onProgress }) => {
  const { seed, end } = input as Input;
  const result = { values: [0, 1, 2].map((n) => gaussian(`${seed} ${n}`)), none: null, zero: -0 };
  onProgress?.(10);
  const made = (value: object) => ({
    result: value,
    compute: { trials: 2, modelSteps: 20, flops: 1e3 * uniform(`flops ${seed}`) },
    seconds: uniform(`seconds ${seed}`),
  });
  switch (end) {
    case 'throw':
      throw new Error('no such kernel');
    case 'exit':
      return process.exit(3);
    case 'infinite':
      return made({ ...result, slopes: [{ depth: 3, slope: Infinity }] });
    case 'typed':
      return made({ values: new Float64Array(2) });
    case 'nothing':
      return { ...made({}), result: undefined as unknown as object };
    default:
      return made(result);
  }
};

/** Makes a runner of made-up experiments inside a worker, each taking some milliseconds, not the same for all. */
export function createExperimentRunner({ milliseconds = 0 } = {}): Runner {
  const measure: ExperimentRunner = async (experiment, hooks) => {
    const wait = milliseconds * (0.5 + uniform(experiment.name));
    await new Promise((resolve) => setTimeout(resolve, wait));
    return madeUp(experiment, hooks);
  };
  return withMeasure(measure);
}

/** A runner that ends its worker the first `times` times, as counted in a file that all workers share. */
export function createMortalRunner({
  times,
  counter,
}: {
  readonly times: number;
  readonly counter: string;
}): Runner {
  return withMeasure(async (experiment, hooks) => {
    if (readFileSync(counter).length < times) {
      appendFileSync(counter, '.');
      process.exit(3);
    }
    return madeUp(experiment, hooks);
  });
}

/** A runner of landscapes that makes experiments too. */
export function withMeasure(measure: ExperimentRunner): Runner {
  const run: Runner = (pack, hooks) => landscapeRunner(pack, hooks);
  return Object.assign(run, { measure });
}
