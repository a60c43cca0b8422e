import { describe, expect, it } from 'vitest';
import type { ModelShape } from '../shape.ts';
import { smallTransformerShape } from '../testing/fixtures.ts';
import { modelOf } from './model-of.ts';

const dims = { inputDim: 4, outputDim: 4 };
const common = { width: 4, depth: 2, activation: 'relu', bias: false, centred: false } as const;
const experts = { count: 4, active: 2, normalised: false };

describe('words of a shape', () => {
  it.each<[string, object]>([
    ['unknown model: rnn (mlp, residual-mlp, transformer, conv-net)', { kind: 'rnn' }],
    ['unknown weights: standardized (normalised, standardised, ', { weights: 'standardized' }],
    ['unknown norm.kind: group (none, layer, ', { norm: { kind: 'group' } }],
    [
      'unknown norm.position: middle (before, after)',
      { norm: { kind: 'rms', position: 'middle' } },
    ],
    ['unknown experts.gate: top (softmax, sigmoid)', { experts: { ...experts, gate: 'top' } }],
  ])('refuses %s', (message, odd) => {
    const shape = { kind: 'mlp', ...common, ...odd } as ModelShape;
    expect(() => modelOf(shape, dims)).toThrow(message);
  });

  it.each<[string, object]>([
    ['unknown norm.placement: sideways (pre, post, both)', { norm: { placement: 'sideways' } }],
    ['unknown branchGain: all (scalar, features)', { branchGain: 'all' }],
    ['unknown positions: alibi (rotary, learned, none)', { positions: 'alibi' }],
    ['unknown readout: tie (tied, untied)', { readout: 'tie' }],
    ['unknown feedForward: swiglu (plain, gated)', { feedForward: 'swiglu' }],
    ['unknown logitScale: one (sqrt, inverse)', { logitScale: 'one' }],
    ['unknown targets: all (every, last)', { targets: 'all' }],
  ])('refuses %s of a transformer', (message, odd) => {
    const { model } = smallTransformerShape({});
    const norm = { ...model.norm, ...('norm' in odd && (odd.norm as object)) };
    expect(() => modelOf({ ...model, ...odd, norm } as ModelShape, dims)).toThrow(message);
  });
});
