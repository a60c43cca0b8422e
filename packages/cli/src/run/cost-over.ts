import { totalmem } from 'node:os';
import { costModel } from '@hyperlaw/core';
import type { Hardware } from '@hyperlaw/engine';
import { type CostModel, canonicalJson } from '@hyperlaw/sweep';
import type { Task } from '@hyperlaw/tasks';

/** What programs on these tasks cost on a device, where each of a number of workers has its share of the memory. */
export function costOver(
  tasks: readonly Task[],
  { workers, hardware }: { readonly workers: number; readonly hardware: Hardware },
): CostModel {
  const byLaw = new Map(tasks.map((task) => [canonicalJson(task.law), task]));
  return costModel({
    taskOf: (law) => {
      const task = byLaw.get(canonicalJson(law));
      if (task === undefined) throw new Error(`unknown task: ${law.kind} (one of the suite's own)`);
      return task;
    },
    memoryBytes: memoryBytes() / workers,
    hardware,
  });
}

/** Bytes of memory that this process may fill: the machine's, or less where a container says so. */
export function memoryBytes(): number {
  // 0, or a number beyond the machine's memory, where nothing constrains it.
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
