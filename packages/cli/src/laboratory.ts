import type { LaneResult, TrainingPack } from '@hyperlaw/core';
import type { Device } from '@hyperlaw/engine';
import type { Compute } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';

/** What an experiment is made with, inside a worker. */
export interface Laboratory {
  /** The worker's own; programs compiled on it are disposed by the experiment. */
  readonly device: Device;
  /** From the data folder alone; kept for the experiments that follow. */
  loadTask(law: TaskLaw): Promise<Task>;
  /** Trains a pack as a sweep does, counted into the experiment's compute; ends between calls where the run is interrupted. */
  train(pack: TrainingPack): Promise<readonly LaneResult[]>;
  /** Adds work that `train` does not see to the experiment's compute. */
  count(work: Partial<Compute>): void;
  /** Throws where the run is interrupted: call it between calls of the device, and in long loops. */
  goOn(): void;
}

/** Measures one kind of experiment: from its input, JSON whose numbers are finite or that is null. */
export type ExperimentFunction = (
  // `never` takes functions whatever input they declare; a plan gives each kind its own.
  input: never,
  laboratory: Laboratory,
) => Promise<object>;

/** What a suite's module of experiments exports as `experiments`: functions by kind. */
export type Experiments = Readonly<Record<string, ExperimentFunction>>;
