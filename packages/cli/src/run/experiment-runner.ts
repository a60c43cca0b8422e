import type { packRunner } from '@hyperlaw/core';
import type { Compute, ExperimentRunner } from '@hyperlaw/sweep';
import type { Laboratory } from '../laboratory.ts';
import { checkKinds, loadExperiments } from './load-experiments.ts';

/** What a worker lends to its experiments. */
export interface Bench extends Pick<Laboratory, 'device' | 'loadTask' | 'goOn'> {
  readonly train: ReturnType<typeof packRunner>;
  /** Monotonic seconds. */
  readonly clock: () => number;
}

/** Makes a runner of the experiments in a module, each with a laboratory that counts what it trains. */
export function experimentRunner(
  module: string,
  { device, loadTask, goOn, train, clock }: Bench,
): ExperimentRunner {
  return async (experiment, { onProgress }) => {
    const experiments = await loadExperiments(module);
    checkKinds([experiment], experiments);
    const compute = { trials: 0, modelSteps: 0, flops: 0 };
    const count = ({ trials = 0, modelSteps = 0, flops = 0 }: Partial<Compute>) => {
      compute.trials += trials;
      compute.modelSteps += modelSteps;
      compute.flops += flops;
      onProgress?.(compute.modelSteps);
    };
    const laboratory: Laboratory = {
      device,
      loadTask,
      goOn,
      count,
      async train(pack) {
        goOn();
        const before = compute.modelSteps;
        const results = await train(pack, {
          onProgress: (modelSteps) => {
            goOn();
            onProgress?.(before + modelSteps);
          },
        });
        count({
          trials: results.length,
          modelSteps: results.length * pack.steps,
          flops: results.reduce((sum, { flops }) => sum + flops, 0),
        });
        return results;
      },
    };
    goOn();
    const started = clock();
    const measure = experiments[experiment.kind] as (typeof experiments)[string];
    const result = await measure(experiment.input as never, laboratory);
    return { result, compute, seconds: clock() - started };
  };
}
