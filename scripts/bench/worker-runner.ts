import { packRunner } from '@hyperlaw/core';
import { openCpu } from '@hyperlaw/engine';
import { loadTask } from '@hyperlaw/tasks';

/** The runner of the benchmark's worker threads. */
export function workerRunner() {
  return packRunner({
    device: openCpu(),
    loadTask: (law) => loadTask(law, { data: '' }),
    clock: () => performance.now() / 1000,
  });
}
