import type { DataHash } from './trial.ts';

/** A measurement that is not a tuned training run, as pure data: one function of the suite with its input. */
export interface Experiment {
  /** Unique in a suite; its verdict and page look the result up by it. Not part of the key. */
  readonly name: string;
  /** Which of the suite's functions measures it. */
  readonly kind: string;
  /** What that function is given: a pure JSON object that, with the data, determines the result. */
  readonly input: object;
  /** The files behind it; empty where it reads none. */
  readonly data: readonly DataHash[];
  /** Of the function's meaning: raised by whoever changes results beyond round-off. */
  readonly version: number;
  /** Expected seconds on one core: for the order and the time left, not part of the key. */
  readonly cost: number;
}

/** Work behind a measurement. */
export interface Compute {
  readonly trials: number;
  readonly modelSteps: number;
  readonly flops: number;
}

/** What a runner reports for an experiment. */
export interface Measurement {
  /** Pure JSON: every number is finite, what is not there is null. */
  readonly result: object;
  readonly compute: Compute;
  readonly seconds: number;
}

/** Makes an experiment's measurement; the result is a function of the experiment's key alone. */
export type ExperimentRunner = (
  experiment: Experiment,
  hooks: {
    /** Told the model-steps (lanes × steps) done so far in this experiment. */
    onProgress?(modelSteps: number): void;
  },
) => Promise<Measurement>;

/** What became of an experiment. A failed one never ran to an end and is not journalled. */
export type Measured<Result extends object = object> =
  | { readonly status: 'done'; readonly result: Result }
  | { readonly status: 'failed'; readonly reason: string };

/** Throws where an experiment cannot be planned: a name taken twice, or a number that is none. */
export function checkExperiments(experiments: readonly Experiment[]): void {
  const names = new Set<string>();
  for (const { name, version, cost } of experiments) {
    if (names.has(name)) throw new Error(`experiment twice in a suite: ${name} (once)`);
    names.add(name);
    if (!Number.isInteger(version)) {
      throw new Error(`unknown version of ${name}: ${version} (an integer)`);
    }
    if (!(cost > 0 && cost < Infinity)) {
      throw new Error(`unknown cost of ${name}: ${cost} (seconds, a positive number)`);
    }
  }
}
