import type { Problem } from './problem.ts';

/** How a peer is to train: what it may choose among, since the benchmark takes its fastest. */
export interface Variant {
  readonly lanes: number;
  /** Steps of one call, after which losses are read. */
  readonly stepsPerCall: number;
  /** torch: one model, or several in batched products. */
  readonly kind?: 'one' | 'batched';
  /** torch: which of its optimizer's implementations; `compiled` is `foreach` under `torch.compile`. */
  readonly update?: 'loop' | 'foreach' | 'fused' | 'compiled';
  /** torch: the mode in which `torch.compile` compiles the loss; eager unless given. */
  readonly compile?: 'default' | 'reduce-overhead';
  /** JAX: float32 products in full precision unless given, or as it chooses by itself, TF32 on GPUs that have it. */
  readonly precision?: 'default';
}

/**
 * What a peer is asked, one JSON object a line; it answers each with one line. `setup` makes a training, compiled
 * and warm; `curve` and `measure` start it again from its initial weights. See `scripts/peers/peer.py`.
 */
export type Request =
  | ({ readonly do: 'setup'; readonly id: string; readonly problem: Problem } & Variant)
  | { readonly do: 'curve'; readonly id: string }
  | { readonly do: 'measure'; readonly id: string; readonly seconds: number }
  | { readonly do: 'sgemm'; readonly size: number; readonly seconds: number }
  | { readonly do: 'forget'; readonly id: string };

/** Time taken by the calls of at least the seconds asked for. */
export interface Times {
  /** On the CPU the process' own time on its core, all its threads; elsewhere those of the wall. */
  readonly seconds: number;
  readonly wall: number;
}

/** The answers, by what was asked. */
export interface Answers {
  readonly setup: object;
  /** Losses of the first model `[step]`, in the first call. */
  readonly curve: { readonly losses: readonly number[] };
  readonly measure: Times & { readonly modelSteps: number };
  readonly sgemm: { readonly flopsPerSecond: number };
  readonly forget: object;
}
