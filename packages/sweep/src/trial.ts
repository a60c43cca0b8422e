/** The law of a task: pure JSON, everything that determines its data. Opaque to the sweep. */
export type TaskLaw = object;

/** What changes the compiled graph: model, optimizer, batch. Pure JSON, opaque to the sweep. */
export type Shape = object;

/** Numbers by run-time hyperparameter, in the units of the paper that defines each. */
export type Knobs = Readonly<Record<string, number>>;

/** A file that a task reads, named by its content. */
export interface DataHash {
  readonly name: string;
  readonly sha256: string;
}

/** Everything that determines one training run; its result is a function of this alone. */
export interface TrialSpec {
  readonly task: TaskLaw;
  /** The files behind the task; empty for synthetic ones. */
  readonly data: readonly DataHash[];
  readonly shape: Shape;
  readonly parameterization: object;
  readonly schedule: object;
  readonly knobs: Knobs;
  readonly seed: number;
  /** Optimizer steps. */
  readonly steps: number;
  /** The examples behind the trial's loss: tuning looks at `validation` alone, judging at `test`. */
  readonly heldOut: 'validation' | 'test';
}

/** One lane of a pack: what may differ among runs of one compiled program. */
export type Lane = Pick<TrialSpec, 'task' | 'parameterization' | 'schedule' | 'knobs' | 'seed'>;

/** Trials that train together as the lanes of one program. */
export interface Pack extends Pick<TrialSpec, 'shape' | 'steps' | 'heldOut'> {
  readonly lanes: readonly Lane[];
}

/** What a runner reports for one lane. */
export interface TrialResult {
  readonly status: 'finished' | 'diverged';
  /** The first step whose loss was not finite, null where the run finished. */
  readonly divergedAt: number | null;
  /** Held-out loss after the last step, null where the run diverged. */
  readonly loss: number | null;
  /** Thinned training curve, at most 64 points. */
  readonly curve: readonly (readonly [step: number, trainLoss: number])[];
  readonly seconds: number;
  readonly flops: number;
}

/** Trains a pack; the results are in the order of its lanes. */
export type PackRunner = (
  pack: Pack,
  hooks: {
    /** Told the model-steps (lanes × steps) done so far in this pack. */
    onProgress?(modelSteps: number): void;
  },
) => Promise<readonly TrialResult[]>;

/** What the protocol sees of a measured trial. A failed one never ran to an end and is not journalled. */
export interface TrialRecord {
  readonly key: string;
  readonly status: 'finished' | 'diverged' | 'failed';
  readonly divergedAt: number | null;
  readonly loss: number | null;
  /** Of the wall, its share of those of its pack. */
  readonly seconds: number;
  /** Of the matrix products of all planned steps, also where it diverged before the last. */
  readonly flops: number;
  /** Why the trial failed. */
  readonly reason?: string;
}

/** Gives the record of every spec, in order, training those that no journal holds. */
export type Measure = (specs: readonly TrialSpec[]) => Promise<readonly TrialRecord[]>;
