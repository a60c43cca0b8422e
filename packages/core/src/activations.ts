import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** The nonlinearities that a shape can name; `linear` makes a deep linear network. */
export type ActivationName =
  | 'relu'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'elu'
  | 'gelu'
  | 'selu'
  | 'swish'
  | 'linear';

/** A pointwise nonlinearity, differentiable by tfjs. */
export type Activation = (z: Tensor) => Tensor;

/**
 * `max(0, z)`. Its derivative is read off the output, so that nothing keeps z in memory: an engine may overwrite it.
 */
export const relu: Activation = (z) =>
  pointwise(z, (input, save) => {
    const value = tf.relu(input);
    save([value]);
    return { value, derivative: ([y]) => tf.step(y as Tensor) };
  });

/** `tanh z`. */
export const tanh: Activation = (z) => tf.tanh(z);

/** `1/(1 + e^{−z})`. */
export const sigmoid: Activation = (z) => tf.sigmoid(z);

/** `erf z = 2/√π ∫₀ᶻ e^{−t²} dt`. */
export const erf: Activation = (z) => tf.erf(z);

/** `z` for z > 0, `eᶻ − 1` below (1511.07289, α = 1); derivative `1 + min(y, 0)` of the output y. */
export const elu: Activation = (z) =>
  pointwise(z, (input, save) => {
    const value = tf.elu(input);
    save([value]);
    return { value, derivative: ([y]) => tf.add(tf.minimum(y as Tensor, 0), 1) };
  });

/** `λ z` for z > 0, `λα(eᶻ − 1)` below, λ ≈ 1.0507, α ≈ 1.6733 (1706.02515). */
export const selu: Activation = (z) => tf.selu(z);

/** `z`: a deep linear network. */
export const linear: Activation = (z) => z;

/**
 * `z Φ(z)`, exact, with `Φ(z) = ½(1 + erf(z/√2))` (1606.08415); derivative `Φ(z) + z φ(z)`.
 * The derivative is written out because the tape's would take twice the passes.
 */
export const gelu: Activation = (z) =>
  pointwise(z, (input, save) => {
    const cdf = tf.add(tf.mul(tf.erf(tf.mul(input, Math.SQRT1_2)), 0.5), 0.5);
    save([input, cdf]);
    return {
      value: tf.mul(input, cdf),
      derivative: ([x, phi]) => {
        const density = tf.exp(tf.mul(tf.square(x as Tensor), -0.5));
        const slope = tf.mul(tf.mul(x as Tensor, 1 / Math.sqrt(2 * Math.PI)), density);
        return tf.add(phi as Tensor, slope);
      },
    };
  });

/** `z σ(z)`, also SiLU (1710.05941, β = 1); derivative `σ + y(1 − σ)` with `y = z σ(z)`. */
export const swish: Activation = (z) =>
  pointwise(z, (input, save) => {
    const gate = tf.sigmoid(input);
    const value = tf.mul(input, gate);
    save([gate, value]);
    return {
      value,
      derivative: ([s, y]) =>
        tf.add(s as Tensor, tf.sub(y as Tensor, tf.mul(y as Tensor, s as Tensor))),
    };
  });

const activations: Readonly<Record<ActivationName, Activation>> = {
  relu,
  tanh,
  sigmoid,
  erf,
  elu,
  gelu,
  selu,
  swish,
  linear,
};

/** Every name that `activationOf` knows, for errors and for the command line. */
export const activationNames = Object.keys(activations) as readonly ActivationName[];

/** The named nonlinearity. Throws on an unknown name. */
export function activationOf(name: ActivationName): Activation {
  const activation = activations[name];
  if (activation === undefined) {
    throw new Error(`unknown activation: ${name} (${activationNames.join(', ')})`);
  }
  return activation;
}

interface Pointwise {
  readonly value: Tensor;
  readonly derivative: (saved: readonly Tensor[]) => Tensor;
}

function pointwise(
  z: Tensor,
  compute: (input: Tensor, save: (tensors: Tensor[]) => void) => Pointwise,
): Tensor {
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [Tensor, (tensors: Tensor[]) => void];
    const { value, derivative } = compute(input, save);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, derivative(saved)),
    };
  });
  return op(z);
}
