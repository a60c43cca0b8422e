import type { Laboratory } from '@hyperlaw/cli';
import {
  batchesOf,
  type Lane,
  lanePlan,
  type ResidualMlpShape,
  type Shape,
  trainingStep,
  trainLanes,
} from '@hyperlaw/core';
import type { Arrays, Tensors } from '@hyperlaw/engine';
import type { SyntheticLaw } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';

/** Nets with norm layers that train, and weights of which the gradient is taken on the way. */
export interface OrthogonalityInput {
  readonly task: SyntheticLaw;
  readonly model: ResidualMlpShape;
  readonly batch: number;
  readonly learningRate: number;
  /** Numbers of steps after which to look. */
  readonly stops: readonly number[];
  /** Weights, or groups of them that are taken as one vector, by name. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly seeds: readonly number[];
}

export interface Orthogonality {
  /** |⟨w, ∇L⟩|/(‖w‖ ‖∇L‖) of each group, `[stop][net]`. */
  readonly cosines: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** The cosine between weights and the gradient of a batch, the products summed in float64. */
export async function orthogonality(
  { task: law, model, batch, learningRate, stops, groups, seeds }: OrthogonalityInput,
  laboratory: Laboratory,
): Promise<Orthogonality> {
  const task = await laboratory.loadTask(law);
  const shape: Shape = { model, optimizer: { kind: 'sgd' }, batch };
  const step = trainingStep(shape, { ...task, lanes: seeds.length });
  const plans = seeds.map((seed) => {
    const lane: Lane = {
      ...{ parameterization: { name: 'sp' }, schedule: { kind: 'constant' }, seed },
      knobs: { learningRate },
    };
    return lanePlan(lane, { shape, parameters: step.model.parameters, optimizer: step.optimizer });
  });
  const batches = batchesOf(task, [task.stream(0, 'train')], batch);
  const states: Arrays[] = [];
  const { initial } = await trainLanes(laboratory, {
    ...{ step, plans, batches, steps: Math.max(...stops), stops },
    visit: (_, state) => void states.push(state),
  });
  const gradient = await laboratory.device.compile({
    inputs: { ...step.state, x: batches.x, y: batches.y },
    call: (inputs: Tensors) => {
      const { x, y, ...state } = inputs as Record<string, Tensor>;
      const read = { x: x as Tensor, y: y as Tensor };
      return step.gradients({ state: state as Tensors, constants: {}, batch: read });
    },
  });
  try {
    const found: Record<string, number[][]> = {};
    for (const [i, state] of [initial, ...states].entries()) {
      const { x, y } = batches.feed(10_000 + i, 1) as { x: Float32Array; y: Float32Array };
      const gradients = await gradient.run({ ...state, x, y });
      for (const [name, members] of Object.entries(groups)) {
        found[name] ??= [];
        found[name].push(
          seeds.map((_, net) => cosine(members, { state, gradients, net, nets: seeds.length })),
        );
      }
    }
    return { cosines: found };
  } finally {
    await gradient.dispose();
  }
}

/** |⟨w, g⟩|/(‖w‖ ‖g‖) of some weights of one net, as one vector. */
function cosine(
  members: readonly string[],
  {
    state,
    gradients,
    net,
    nets,
  }: {
    readonly state: Arrays;
    readonly gradients: Arrays;
    readonly net: number;
    readonly nets: number;
  },
): number {
  const sums = { along: 0, weight: 0, gradient: 0 };
  for (const name of members) {
    const [w, g] = [state[name], gradients[name]] as [Float32Array, Float32Array];
    if (w === undefined) throw new Error(`unknown weight: ${name} (${Object.keys(state)})`);
    const size = w.length / nets;
    for (let k = net * size; k < (net + 1) * size; k++) {
      const [a, b] = [w[k] as number, g[k] as number];
      sums.along += a * b;
      sums.weight += a * a;
      sums.gradient += b * b;
    }
  }
  return Math.abs(sums.along) / Math.sqrt(sums.weight * sums.gradient);
}
