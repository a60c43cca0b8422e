import type {
  Lane,
  LanePlan,
  MlpShape,
  Model,
  OptimizerKind,
  Shape,
  TrainingStep,
} from '@hyperlaw/core';
import { lanePlan, mlp, trainingStep } from '@hyperlaw/core';
import type { PowerLawLaw } from '@hyperlaw/tasks';
import { powerLawSpectrum } from '@hyperlaw/tasks';
import { excessLoss, type LinearRegression } from '@hyperlaw/theory';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Linear regression on inputs with a diagonal covariance, eigenvalues ∝ 1/i, and as much of the target in every one. */
export const linearLaw = {
  kind: 'power-law',
  inputDim: 32,
  ...{ capacity: 1, source: 0, link: 'linear', basis: 'coordinates', noise: 1, instance: 5 },
} as const satisfies PowerLawLaw;

const spectrum = powerLawSpectrum(linearLaw);

/** The same in the theory's terms. */
export const problem: LinearRegression = {
  eigenvalues: [...spectrum.eigenvalues],
  labelNoise: linearLaw.noise,
};

/** The weights of the target, Σ v_i x_i/√λ_i. */
const target = spectrum.coefficients.map(
  (v, i) => v / Math.sqrt(spectrum.eigenvalues[i] as number),
);

/** Squared errors of w = 0, where all runs start. */
export const initialSquaredErrors: readonly number[] = [...target].map((w) => w * w);

export const initialLoss = excessLoss(problem, initialSquaredErrors);

const WEIGHT = 'weight';

/** What is read of a shape where a model is given. */
const unused: MlpShape = {
  kind: 'mlp',
  ...{ width: 1, depth: 1, activation: 'linear', bias: false, centred: false },
} as const;

const { inputDim } = linearLaw;

const model: Model = {
  ...mlp(unused, { inputDim, outputDim: 1 }),
  parameters: [
    {
      ...{ name: WEIGHT, role: 'output', shape: [inputDim, 1], fanIn: inputDim, fanOut: 1 },
      scales: { fanIn: false, fanOut: false },
    },
  ],
  forward: (parameters, x) => tf.matMul(x, parameters[WEIGHT] as Tensor),
};

/** How one run trains. */
export interface LinearLane {
  /** Of the loss ½ (⟨w, x⟩ − y)². */
  readonly learningRate: number;
  readonly seed: number;
  readonly betas?: { readonly beta1: number; readonly beta2: number };
}

/** Core's training step with a linear model, and its lanes, all from w = 0. */
export function linearLanes(
  optimizer: OptimizerKind & ('sgd' | 'adam'),
  batch: number,
  lanes: readonly LinearLane[],
): { readonly step: TrainingStep; readonly plans: readonly LanePlan[] } {
  const shape: Shape = { model: unused, optimizer: { kind: optimizer }, batch };
  const step = trainingStep(shape, {
    ...{ inputDim, output: { kind: 'regression', dim: 1 }, lanes: lanes.length, model },
  });
  const plans = lanes.map(({ learningRate, seed, betas }): LanePlan => {
    const lane: Lane = {
      parameterization: { name: 'sp' },
      schedule: { kind: 'constant' },
      knobs: {
        // Core's loss is without the half: its gradients are twice as long, which Adam does not notice.
        learningRate: optimizer === 'sgd' ? learningRate / 2 : learningRate,
        ...(optimizer === 'adam' ? { ...betas, epsilon: 1e-12 } : {}),
      },
      seed,
    };
    const plan = lanePlan(lane, { shape, parameters: model.parameters, optimizer: step.optimizer });
    const forms = Object.entries(plan.forms).map(([name, form]) => [name, { ...form, initStd: 0 }]);
    return { ...plan, forms: Object.fromEntries(forms) };
  });
  return { step, plans };
}

/** Exact excess loss ½ Σ λ (w − w*)² of every lane, in float64 from float32 weights. */
export function excessLosses(
  state: Readonly<Record<string, ArrayLike<number>>>,
): readonly number[] {
  const weights = state[WEIGHT] as ArrayLike<number>;
  return Array.from({ length: weights.length / inputDim }, (_, lane) => {
    let sum = 0;
    for (let i = 0; i < inputDim; i++) {
      const error = (weights[lane * inputDim + i] as number) - (target[i] as number);
      sum += (spectrum.eigenvalues[i] as number) * error * error;
    }
    return sum / 2;
  });
}
