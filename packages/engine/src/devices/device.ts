import type { Arrays, Specs, Tensors } from '../tensor-spec.ts';

/**
 * What runs programs: ONNX Runtime on the processor (`cpu`), on a GPU by WebGPU or by CUDA, or TensorFlow's library for
 * tfjs, which runs kernel by kernel.
 */
export type DeviceKind = 'cpu' | 'webgpu' | 'cuda' | 'tensorflow';

/** What computes: TensorFlow's library does so on the processor where it finds no GPU. */
export type Hardware = 'processor' | 'gpu';

/** A pure tfjs function with carried state, to be run many times. */
export interface LoopSpec {
  /** What a step reads and replaces. */
  readonly state: Specs;
  /** What every step reads: hyperparameters, datasets. Placed on the device once. */
  readonly constants: Specs;
  /** What differs from step to step; specs are of one step. */
  readonly perStep: Specs;
  step(inputs: { state: Tensors; constants: Tensors; perStep: Tensors }): {
    readonly state: Tensors;
    readonly outputs: Tensors;
  };
}

/** A pure tfjs function of named tensors. */
export interface FunctionSpec {
  readonly inputs: Specs;
  call(inputs: Tensors): Tensors;
}

/** A compiled function. */
export interface FunctionProgram {
  /** Runs on host values. @throws if a name, kind of array or size is wrong. */
  run(inputs: Arrays): Promise<Arrays>;
  dispose(): Promise<void>;
}

/** A compiled loop, from which any number of runs can be started. */
export interface LoopProgram {
  start(init: { readonly state: Arrays; readonly constants: Arrays }): Promise<LoopRun>;
  dispose(): Promise<void>;
}

/** One run of a loop: its state lives where the device is until it is read. */
export interface LoopRun {
  /**
   * Makes as many steps as the per-step inputs have rows, each input stacked to `[steps, ...shape]`.
   * @returns each output stacked to `[steps, ...shape]`.
   * @throws if a name, kind of array or size is wrong.
   */
  advance(steps: number, perStep: Arrays): Promise<Arrays>;
  /** Copies the state to the host. */
  read(): Promise<Arrays>;
  dispose(): Promise<void>;
}

/**
 * Something that runs programs. Any number of threads may open `cpu`; `webgpu` belongs to one thread of a process,
 * since ONNX Runtime 1.30 keeps one queue for all and crashes when two threads fill it.
 */
export interface Device {
  readonly kind: DeviceKind;
  readonly hardware: Hardware;
  /** What it runs on, for people: `ONNX Runtime 1.30.0, cpu, 1 thread`. */
  readonly name: string;
  /** Why this device runs: `named`, or what made it the choice. */
  readonly reason: string;
  /**
   * Traces a function and makes a program of it, which is to be disposed.
   * @throws TraceError if it cannot be traced; `tensorflow` takes functions as they are, and finds faults as they run.
   */
  compile(spec: FunctionSpec): Promise<FunctionProgram>;
  /**
   * Traces one step of a loop and makes a program of it, which is to be disposed.
   * @throws TraceError if the step cannot be traced, leaves out a state tensor, or changes its shape or type.
   */
  compileLoop(spec: LoopSpec): Promise<LoopProgram>;
  close(): Promise<void>;
}
