import { packRunner } from '@hyperlaw/core';
import { openCpu } from '@hyperlaw/engine';
import { loadBenchTask } from './problem.ts';

/** The runner of the benchmark's worker threads. */
export function workerRunner() {
  return packRunner({
    device: openCpu(),
    loadTask: loadBenchTask,
    clock: () => performance.now() / 1000,
  });
}
