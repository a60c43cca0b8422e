/** One class of layer, z = n^{−a} W h with W ~ N(0, n^{−2b}) and learning rate η n^{−c}, n the width (2011.14522). */
export interface LayerExponents {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A number for each class of layer: of weights from the input, between hidden layers, and to the output. */
export interface ByLayer<T> {
  readonly input: T;
  readonly hidden: T;
  readonly output: T;
}

/** How steps answer to the gradient: in proportion, or by its sign, as Adam's first does. */
export type StepKind = 'sgd' | 'adam';

/** Powers of the width. */
export interface UpdateExponents {
  /** Of ΔW h: what a layer's own step does to its output where its input stays. */
  readonly own: ByLayer<number>;
  /** Of W Δh: what the changes of earlier layers do to its output through its first weights. */
  readonly handedOn: Omit<ByLayer<number>, 'input'>;
  /** Of the whole change of its output, that of its input included. */
  readonly total: ByLayer<number>;
}

/**
 * How the first step's change of every layer's coordinates scales with width, to first order in a learning rate that
 * does not depend on it. The three classes stand in a chain; input and output dimension are fixed.
 *
 * In effective weights n^{−a} W the rate is η n^{−c−2a} for SGD and η n^{−c−a} for Adam, call it η n^r, and the error
 * that reaches hidden coordinates is n^{−β}, β = a + b of the output. A layer's own step is one outer product an
 * example: n^{r−β} (input), n^{r−β+1} (hidden) and n^{r+1} (output) for SGD, without β for Adam. A change of size n^e of the
 * features is handed on at the same size by a hidden layer, and as n^{e+1−β} by the output: changes point along
 * the error, which is made of the output's own weights (2011.14522, section 3; 2203.03466, appendix J).
 *
 * Throws where activations at initialization grow or vanish with width.
 */
export function updateExponents(net: ByLayer<LayerExponents>, steps: StepKind): UpdateExponents {
  const start = ({ a, b }: LayerExponents): number => a + b;
  const beta = start(net.output);
  if (start(net.input) !== 0 || start(net.hidden) !== 1 / 2 || !(beta >= 1 / 2)) {
    throw new Error(
      `unstable at initialization: a + b of ${start(net.input)}, ${start(net.hidden)}, ${beta} (0, 0.5, 0.5 or more)`,
    );
  }
  const rate = ({ a, c }: LayerExponents): number => 0 - c - (steps === 'sgd' ? 2 : 1) * a;
  const error = steps === 'sgd' ? beta : 0;
  const own = {
    input: rate(net.input) - error,
    hidden: rate(net.hidden) - error + 1,
    output: rate(net.output) + 1,
  };
  const hidden = Math.max(own.hidden, own.input);
  const handedOn = { hidden: own.input, output: hidden + 1 - beta };
  const output = Math.max(own.output, handedOn.output);
  return { own, handedOn, total: { input: own.input, hidden, output } };
}

/**
 * Power of the width at which the largest stable global learning rate scales: minus the largest exponent of a total
 * change that may not grow. For squared errors that is every layer's: −1 for SGD in SP, 0 in NTP and μP. For
 * cross-entropy it is that of hidden coordinates alone, since softmax bounds what ever larger logits do: −½ for SGD in SP
 * (the controlled divergence of 2505.22491).
 */
export function stableRateExponent(
  net: ByLayer<LayerExponents>,
  steps: StepKind,
  loss: 'squared' | 'cross-entropy' = 'squared',
): number {
  const { input, hidden, output } = updateExponents(net, steps).total;
  switch (loss) {
    case 'squared':
      return 0 - Math.max(input, hidden, output);
    case 'cross-entropy':
      return 0 - Math.max(input, hidden);
  }
}
