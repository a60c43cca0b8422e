import { workerPool } from '@hyperlaw/sweep';
import { benchModels, type Case, shapeOf } from './models.ts';
import { median } from './statistics.ts';

/** Wall-clock rates of packs in worker threads, as a sweep runs them. */
export interface WorkerSpeed {
  /** Model-steps per second of one worker, in the best round. */
  readonly one: number;
  readonly two: number;
  /** Two over one, round by round, in the middle. */
  readonly speedup: number;
}

/** Trains two packs in one worker after another and in two workers at once, in turns. Needs two cores. */
export async function twoWorkers(options: {
  readonly law: Case;
  readonly lanes: number;
  readonly steps: number;
  readonly rounds: number;
}): Promise<WorkerSpeed> {
  const { law, lanes, steps, rounds } = options;
  const pack = {
    shape: shapeOf(law),
    steps,
    heldOut: 'test' as const,
    lanes: Array.from({ length: lanes }, (_, lane) => ({
      task: benchModels[law.model].task,
      parameterization: { name: 'sp' },
      schedule: { kind: 'constant' },
      knobs: { learningRate: 0.01 * 2 ** -(lane % 8) },
      seed: 1,
    })),
  };
  const pool = workerPool({
    size: 2,
    runner: { module: new URL('worker-runner.ts', import.meta.url).href, factory: 'workerRunner' },
  });
  const train = async () => {
    const outcome = await pool.run(pack, () => {});
    if (outcome.kind === 'failed') throw new Error(outcome.reason);
  };
  const rate = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return (2 * lanes * steps) / ((performance.now() - start) / 1000);
  };
  try {
    await Promise.all([train(), train()]);
    const one: number[] = [];
    const two: number[] = [];
    for (let round = 0; round < rounds; round++) {
      one.push(await rate(async () => [await train(), await train()]));
      two.push(await rate(() => Promise.all([train(), train()])));
    }
    const ratios = two.map((fast, round) => fast / (one[round] as number));
    return { one: Math.max(...one), two: Math.max(...two), speedup: median(ratios) };
  } finally {
    await pool.close();
  }
}
