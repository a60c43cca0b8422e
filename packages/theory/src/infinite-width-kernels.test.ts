import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type ActivationName, activationOf } from './activations.ts';
import { infiniteWidthKernels, type KernelNet, kernelMatrices } from './infinite-width-kernels.ts';
import { fixedLength } from './signal-propagation.ts';
import { normalSource } from './testing/random.ts';

const x = [1, -0.5, 2];
const other = [0.3, 1, 0.8];

/** Empirical NT kernel and product of outputs of one random net of width n in neural tangent parameterization. */
function sampleKernels(net: KernelNet, n: number, normal: () => number) {
  const { value, derivative } = activationOf(net.activation);
  const [sw, sb] = [Math.sqrt(net.weightVariance), Math.sqrt(net.biasVariance)];
  const sizes = [x.length, ...Array<number>(net.layers - 1).fill(n), 1];
  const weights = sizes
    .slice(1)
    .map((rows, l) =>
      Array.from({ length: rows }, () => Array.from({ length: sizes[l] as number }, normal)),
    );
  const biases = sizes.slice(1).map((rows) => Array.from({ length: rows }, normal));
  const run = (input: readonly number[]) => {
    const hidden = [[...input]];
    const pre: number[][] = [];
    weights.forEach((matrix, l) => {
      const h = hidden[l] as number[];
      const z = matrix.map((row, i) => {
        const sum = row.reduce((s, w, j) => s + w * (h[j] as number), 0);
        return (sw * sum) / Math.sqrt(h.length) + sb * ((biases[l] as number[])[i] as number);
      });
      pre.push(z);
      hidden.push(z.map(value));
    });
    // Backwards: ∂f/∂z of every layer.
    const signals: number[][] = Array(net.layers).fill([]);
    signals[net.layers - 1] = [1];
    for (let l = net.layers - 2; l >= 0; l--) {
      const above = signals[l + 1] as number[];
      signals[l] = (pre[l] as number[]).map((z, j) => {
        const sum = above.reduce(
          (s, d, i) => s + d * ((weights[l + 1] as number[][])[i]?.[j] as number),
          0,
        );
        return (derivative(z) * sw * sum) / Math.sqrt(n);
      });
    }
    return { output: pre[net.layers - 1]?.[0] as number, hidden, signals };
  };
  const [a, b] = [run(x), run(other)];
  const dot = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((s, value, i) => s + value * (v[i] as number), 0);
  let ntk = 0;
  for (let l = 0; l < net.layers; l++) {
    const h = a.hidden[l] as number[];
    const shared = dot(h, b.hidden[l] as number[]);
    ntk +=
      dot(a.signals[l] as number[], b.signals[l] as number[]) *
      ((net.weightVariance * shared) / h.length + net.biasVariance);
  }
  return { nngp: a.output * b.output, ntk };
}

describe('wide random nets', () => {
  it.each<[ActivationName, number]>([
    ['relu', 2],
    ['relu', 3],
    ['erf', 3],
    ['tanh', 2],
  ])('%s with %i layers has these kernels', (activation, layers) => {
    const net: KernelNet = { activation, layers, weightVariance: 1.6, biasVariance: 0.2 };
    const normal = normalSource(layers);
    const repeats = 120;
    const samples = Array.from({ length: repeats }, () => sampleKernels(net, 64, normal));
    const exact = infiniteWidthKernels(net, x, other);
    for (const key of ['nngp', 'ntk'] as const) {
      const values = samples.map((sample) => sample[key]);
      const mean = values.reduce((a, b) => a + b, 0) / repeats;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / repeats;
      // Four standard errors, and a bias of order one over the width 64 times the kernel.
      const error = 4 * Math.sqrt(variance / repeats) + Math.abs(exact[key]) / 64;
      expect(Math.abs(mean - exact[key])).toBeLessThan(error);
    }
  });
});

it('one layer is a linear model: both kernels are σ_w² x·x′/d + σ_b²', () => {
  const net: KernelNet = { activation: 'relu', layers: 1, weightVariance: 2, biasVariance: 0.1 };
  const expected = (2 * (0.3 - 0.5 + 1.6)) / 3 + 0.1;
  const { nngp, ntk } = infiniteWidthKernels(net, x, other);
  expect(nngp).toBeCloseTo(expected, 14);
  expect(ntk).toBeCloseTo(expected, 14);
});

it('linear nets without biases: the NT kernel is the NNGP kernel once per layer', () => {
  const net: KernelNet = { activation: 'linear', layers: 7, weightVariance: 1, biasVariance: 0 };
  const { nngp, ntk } = infiniteWidthKernels(net, x, other);
  expect(ntk / nngp).toBeCloseTo(7, 12);
});

it('ReLU at σ_w² = 2 keeps lengths; its NT kernel at one input is L times the NNGP kernel', () => {
  const net: KernelNet = { activation: 'relu', layers: 12, weightVariance: 2, biasVariance: 0 };
  const { nngp, ntk } = infiniteWidthKernels(net, x, x);
  expect(nngp).toBeCloseTo((2 * 5.25) / 3, 12);
  expect(ntk / nngp).toBeCloseTo(12, 11);
});

it('deep ordered nets have the fixed length of signal propagation on the diagonal', () => {
  const net: KernelNet = { activation: 'erf', layers: 200, weightVariance: 1.2, biasVariance: 0.1 };
  expect(infiniteWidthKernels(net, x, x).nngp).toBeCloseTo(fixedLength(net), 12);
});

it('matrices are symmetric and positive', () => {
  const normal = normalSource(5);
  const inputs = Array.from({ length: 6 }, () => Array.from({ length: 4 }, normal));
  const net: KernelNet = { activation: 'relu', layers: 3, weightVariance: 2, biasVariance: 0.1 };
  const { nngp, ntk } = kernelMatrices(net, inputs);
  for (const matrix of [nngp, ntk]) {
    expect(new Matrix(matrix).isSymmetric()).toBe(true);
    const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(matrix));
    expect(Math.min(...realEigenvalues)).toBeGreaterThan(0);
  }
  expect(ntk[2]?.[4]).toBe(infiniteWidthKernels(net, inputs[2] ?? [], inputs[4] ?? []).ntk);
});

it('refuses what is not a net or a pair', () => {
  const net: KernelNet = { activation: 'relu', layers: 0, weightVariance: 2, biasVariance: 0 };
  expect(() => infiniteWidthKernels(net, x, other)).toThrow('unknown layers: 0');
  expect(() => infiniteWidthKernels({ ...net, layers: 2 }, x, [1])).toThrow(
    'unequal inputs: 3 and 1 coordinates',
  );
});
