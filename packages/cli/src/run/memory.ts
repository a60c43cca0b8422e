import { totalmem } from 'node:os';

/** Bytes of memory that this process may fill: the machine's, or less where a container says so. */
export function memoryBytes(): number {
  // 0 or a number beyond the machine's memory where nothing constrains it.
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
