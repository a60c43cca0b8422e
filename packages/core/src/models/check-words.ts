import type { ModelShape } from '../shape.ts';

const norm = {
  'norm.kind': ['none', 'layer', 'rms', 'batch', 'dynamic-tanh'],
  'norm.position': ['before', 'after'],
  'norm.placement': ['pre', 'post', 'both'],
};
const weights = ['normalised', 'standardised', 'spherical'];
const experts = {
  'experts.gate': ['softmax', 'sigmoid'],
  'experts.size.kind': ['scaled', 'fixed'],
};
const branches = { branchGain: ['scalar', 'features'] };

/** What the words of a shape may be, by their place in it. */
const accepted: Readonly<Record<ModelShape['kind'], Readonly<Record<string, readonly string[]>>>> =
  {
    mlp: { ...norm, ...experts, weights },
    'residual-mlp': { ...norm, ...experts, ...branches, weights },
    transformer: {
      ...{ ...norm, ...experts, ...branches },
      positions: ['rotary', 'learned', 'none'],
      readout: ['tied', 'untied'],
      feedForward: ['plain', 'gated'],
      logitScale: ['sqrt', 'inverse'],
      targets: ['every', 'last'],
    },
    'conv-net': { ...norm, weights },
  };

/**
 * Throws on a word that a shape cannot have: shapes come from JSON too, and a word that no branch knows would train
 * another net in silence.
 */
export function checkWords(shape: ModelShape): void {
  for (const [path, words] of Object.entries(accepted[shape.kind])) {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], shape);
    if (value !== undefined && !words.includes(value as string)) {
      throw new Error(`unknown ${path}: ${String(value)} (${words.join(', ')})`);
    }
  }
}
