import type { ActivationName } from './activations.ts';

/**
 * A mixture of experts in place of one map: of `count` small nets an example is given to the `active` ones with the
 * largest router logits, and their outputs are added, each times its gate.
 */
export interface ExpertsShape {
  readonly count: number;
  /** With all of them active the mixture is soft. */
  readonly active: number;
  /** An expert's hidden features: so many for each of the stream's, or as many at every width. */
  readonly size:
    | { readonly kind: 'scaled'; readonly expansion: number }
    | { readonly kind: 'fixed'; readonly features: number };
  /**
   * Gates of the router's logits r: `softmax` over all experts, whether active or not (2101.03961), or `sigmoid`, each by
   * itself.
   */
  readonly gate: 'softmax' | 'sigmoid';
  /** Gates of the active experts are divided by their sum: with softmax, it is then over the active ones alone. */
  readonly normalised: boolean;
  /**
   * Slots of an expert for each example that it would have if all had as many, `examples · active/count`: what comes
   * later in a batch is dropped (2006.16668). Without it nothing is, and every expert computes every example: fewer
   * nodes, and `count/active` times the products.
   */
  readonly capacity?: number;
  /** Trained with the load-balancing loss of 2101.03961 at the knob `loadBalance`. */
  readonly balanced?: boolean;
}

/** A multilayer perceptron's structure. */
export interface MlpShape {
  readonly kind: 'mlp';
  readonly width: number;
  /** Number of hidden layers: `depth + 1` weight matrices. */
  readonly depth: number;
  readonly activation: ActivationName;
  readonly bias: boolean;
  /** Train `f − f₀`: the output at initialization is subtracted, at the price of a second forward pass. */
  readonly centred: boolean;
  /** Dropout after every hidden activation; its rate is the knob `dropout`. */
  readonly dropout?: boolean;
  /** Of hidden layers; none by default. */
  readonly norm?: LayerNormShape;
  /** As they are by default. */
  readonly weights?: WeightKind;
  /** In place of the matrix of every hidden layer after the first. */
  readonly experts?: ExpertsShape;
}

/** A map that keeps activations in scale, of statistics or, `dynamic-tanh`, of every number alone (2503.10622). */
export type NormMap = {
  readonly kind: 'layer' | 'rms' | 'batch' | 'dynamic-tanh';
  /**
   * Trained gains `[1, features]`, and but for `rms` biases; norms on both sides of a branch need them, or a branch
   * gain, since they hold the branch multiplier.
   */
  readonly gains: boolean;
  /**
   * The exponent s of `h/(mean h² + ε)^{s/2}`, in (0, 1]: 1, the default, normalises, and the limit 0 is no norm. Not
   * with `dynamic-tanh`.
   */
  readonly strength?: number;
  /** Norms in every k-th layer or block only, the k-th first: all by default. */
  readonly every?: number;
};

/** Which map keeps activations in scale. */
export type NormKind = NormMap['kind'] | 'none';

/**
 * Where norms stand in a residual block: `h + b(N(h))` (`pre`), `N(h + b(h))` (`post`), or on both sides of the
 * branch, `h + N(b(N(h)))` (`both`). With `pre` and `both` there is one more before the readout.
 */
export type NormPlacement = 'pre' | 'post' | 'both';

/** The norms of a net with residual branches. */
export type NormShape =
  | { readonly kind: 'none' }
  | (NormMap & { readonly placement: NormPlacement });

/** The norms of a net without branches: `φ(N(z))` (`before` the activation) or `N(φ(z))` (`after`). */
export type LayerNormShape =
  | { readonly kind: 'none' }
  | (NormMap & { readonly position: 'before' | 'after' });

/** A trained multiplier of every branch: one number, or one a feature. */
export type BranchGain = 'scalar' | 'features';

/**
 * How weights are normalised, every column (the weights into one feature) by itself, each with a trained gain that
 * starts at `initScale`: `normalised` `g v/‖v‖` (1602.07868), `standardised` `g (v − mean v)/‖v − mean v‖` (1903.10520,
 * scaled as in 2101.08692), or `spherical`, normalised and put back on its sphere after each step (2410.01131). The rate
 * `learningRate/weight-gain: 0` holds gains still. The readout's weights are not, and the input layer's are never
 * centred: it would not see the mean of the inputs.
 */
export type WeightKind = 'normalised' | 'standardised' | 'spherical';

/** A residual multilayer perceptron's structure. */
export interface ResidualMlpShape {
  readonly kind: 'residual-mlp';
  readonly width: number;
  /** Number of residual blocks. */
  readonly depth: number;
  /**
   * Linear maps of a branch: `φ(u) W` (1, the block of 2309.16620, which depth rules of L^{-1/2} are derived for) or
   * `φ(u W₁) W₂` (2).
   */
  readonly blockLayers: 1 | 2;
  readonly activation: ActivationName;
  readonly bias: boolean;
  readonly norm: NormShape;
  /** None by default. */
  readonly branchGain?: BranchGain;
  /** As they are by default. */
  readonly weights?: WeightKind;
  /** In place of the two layers of every branch. */
  readonly experts?: ExpertsShape;
  /** As in `MlpShape`. */
  readonly centred: boolean;
}

/** A decoder-only transformer's structure: `depth` layers, each an attention block and a feed-forward block. */
export interface TransformerShape {
  readonly kind: 'transformer';
  readonly width: number;
  /** Number of layers: twice as many residual branches. */
  readonly depth: number;
  /** Width can grow by more heads or by larger ones; their product need not be the width. */
  readonly heads: number;
  readonly headSize: number;
  /** How many of the last tokens it reads. */
  readonly context: number;
  readonly positions: 'rotary' | 'learned' | 'none';
  /** Whether the readout is the embedding's transpose. */
  readonly readout: 'tied' | 'untied';
  /** `φ(u W₁) W₂`, or `(φ(u W_g) ⊙ u W₁) W₂` (2002.05202; SwiGLU with `swish`). */
  readonly feedForward: 'plain' | 'gated';
  /** Hidden features of a feed-forward block for each of the stream. */
  readonly expansion: number;
  /** In place of every feed-forward block, of their own size each, and gated where it is. */
  readonly experts?: ExpertsShape;
  readonly activation: ActivationName;
  readonly bias: boolean;
  /** Not `batch`: it would see later tokens. */
  readonly norm: NormShape;
  readonly branchGain?: BranchGain;
  /** RMS norm with gains of every head's queries and keys (2010.04245). */
  readonly queryKeyNorm: boolean;
  /** Attention logits q·k/√d, or q·k/d for heads whose size d grows with width (2203.03466). */
  readonly logitScale: 'sqrt' | 'inverse';
  /** Which positions predict their next token. */
  readonly targets: 'every' | 'last';
  /** As in `MlpShape`. */
  readonly centred: boolean;
}

/** A convolutional net's structure: layers of 3 × 3 windows, all of one width, and an average over pixels at the end. */
export interface ConvNetShape {
  readonly kind: 'conv-net';
  /** Channels of every hidden layer. */
  readonly width: number;
  /** Number of convolutions. */
  readonly depth: number;
  /** Pixels along an edge of the input, whose size is `channels · side²`. */
  readonly side: number;
  readonly channels: number;
  /** After how many of the first convolutions squares of 2 × 2 pixels are averaged. */
  readonly pools: number;
  readonly activation: ActivationName;
  readonly bias: boolean;
  /** Of convolutions; none by default. */
  readonly norm?: LayerNormShape;
  /** As they are by default. */
  readonly weights?: WeightKind;
  /** As in `MlpShape`. */
  readonly centred: boolean;
}

/** A model's structure, by kind. */
export type ModelShape = MlpShape | ResidualMlpShape | TransformerShape | ConvNetShape;

/** Update rules, each in a file of `optimizers`; `muon` is for hidden matrices, and leaves other tensors to Adam. */
export type OptimizerKind =
  | 'sgd'
  | 'momentum'
  | 'nesterov'
  | 'adam'
  | 'adamw'
  | 'signsgd'
  | 'muon'
  | 'lars'
  | 'lamb';

/** An optimizer's structure. What is off costs nothing: the compiled graph has no pass for it. */
export interface OptimizerShape {
  readonly kind: OptimizerKind;
  /** Decoupled weight decay with the knob `weightDecay`; always on in `adamw`. */
  readonly decay?: boolean;
  /** L2 penalty `½ λ Σ w²` with the knob `l2`. */
  readonly l2?: boolean;
  /** L1 penalty `λ Σ |w|` with the knob `l1`. */
  readonly l1?: boolean;
  /** Clipping of the loss gradient's global norm, per lane, at the knob `clip`. */
  readonly clip?: boolean;
}

/** Everything that changes the compiled graph of a training program. Pure JSON. */
export interface Shape {
  readonly model: ModelShape;
  readonly optimizer: OptimizerShape;
  readonly batch: number;
}

/** What a model is asked to predict. */
export type Output =
  | { readonly kind: 'regression'; readonly dim: number }
  | { readonly kind: 'classes'; readonly count: number };

/** Number of outputs of the network. */
export function outputDimOf(output: Output): number {
  return output.kind === 'regression' ? output.dim : output.count;
}
