import type { Parameterization, Shape } from '@hyperlaw/core';
import type { TaskLaw } from '@hyperlaw/tasks';

/** The networks that are scaled. */
export type Net = 'transformer' | 'mlp';

/** Layers on texts; facts need one. */
const DEPTH: Readonly<Record<Net, { readonly facts: number; readonly text: number }>> = {
  transformer: { facts: 1, text: 2 },
  mlp: { facts: 2, text: 2 },
};

/** Examples a step: a window of a text is `context` predictions to a transformer, and one to an MLP. */
const BATCH: Readonly<Record<Net, { readonly facts: number; readonly text: number }>> = {
  transformer: { facts: 32, text: 8 },
  mlp: { facts: 32, text: 32 },
};

/** Tokens that a law's examples have before the one to predict. */
function contextOf(law: TaskLaw): number {
  if (law.kind === 'facts') return law.length;
  if ('context' in law) return law.context;
  throw new Error(`unknown task of this suite: ${law.kind} (a language or a text)`);
}

/** A network of a width, trained by Adam. It grows by its width alone. */
export function shapeOf(net: Net, law: TaskLaw, width: number): Shape {
  const kind = law.kind === 'facts' ? 'facts' : 'text';
  const common = { width, depth: DEPTH[net][kind], activation: 'relu', bias: false } as const;
  const trained = { optimizer: { kind: 'adam' }, batch: BATCH[net][kind] } as const;
  if (net === 'mlp') return { model: { kind: 'mlp', ...common, centred: false }, ...trained };
  return {
    model: {
      ...{ kind: 'transformer', ...common, heads: 1, headSize: width, context: contextOf(law) },
      ...{ positions: 'learned', readout: 'untied', feedForward: 'plain', expansion: 2 },
      ...{ norm: { kind: 'rms', placement: 'pre', gains: true }, queryKeyNorm: false },
      ...{ logitScale: 'sqrt', targets: kind === 'facts' ? 'last' : 'every', centred: false },
    },
    ...trained,
  };
}

/** Predictions a step: what D counts. */
export function predictionsPerStep(net: Net, law: TaskLaw): number {
  const { batch } = shapeOf(net, law, 2);
  return net === 'transformer' && law.kind !== 'facts' ? batch * contextOf(law) : batch;
}

/** μP, so that the best rate moves little with width; it is tuned at every size all the same. */
export const parameterization: Parameterization = { name: 'mup', baseWidth: 16 };
