import { expect, it } from 'vitest';
import { completeKnobs, knobNames, layerKnob } from './knobs.ts';
import type { Shape } from './shape.ts';
import { smallResidualShape } from './testing/fixtures.ts';

const shape: Shape = {
  model: { kind: 'mlp', width: 8, depth: 2, activation: 'relu', bias: false, centred: false },
  optimizer: { kind: 'sgd' },
  batch: 4,
};
const constant = { kind: 'constant' } as const;

it('fills in the default of every knob that has an effect, and of no other', () => {
  const knobs = completeKnobs(shape, constant, { learningRate: 0.5 });
  expect(knobs).toEqual({ learningRate: 0.5, initScale: 1, richness: 1, warmup: 0 });
  const adamw: Shape = { ...shape, optimizer: { kind: 'adamw', clip: true } };
  expect(knobNames(adamw, { kind: 'cosine' })).toEqual([
    ...['learningRate', 'initScale', 'richness', 'beta1', 'beta2', 'epsilon', 'weightDecay'],
    ...['clip', 'warmup', 'floor'],
  ]);
});

it('refuses what would silently do nothing, be missing or make no sense', () => {
  const complete = (knobs: Record<string, number>) => () => completeKnobs(shape, constant, knobs);
  expect(complete({ learningRate: 1, momentum: 0.9 })).toThrow(/unknown knob: momentum \(with/);
  expect(complete({ learningRate: 1, 'richness/hidden': 2 })).toThrow(
    /unknown knob: richness\/hidden/,
  );
  expect(complete({ learningRate: 1, 'learningRate/hiden': 2 })).toThrow(
    /unknown knob: learningRate\/hiden .*learningRate\/hidden/,
  );
  expect(complete({ learningRate: 1, 'learningRate/hidden/oops': 2 })).toThrow(
    'unknown knob: learningRate/hidden/oops',
  );
  expect(complete({})).toThrow('missing knob: learningRate');
  expect(complete({ learningRate: Number.NaN })).toThrow('unknown learningRate: NaN (a number');
  expect(complete({ learningRate: 1, richness: 0 })).toThrow('unknown richness: 0 (a positive');
});

it('takes factors by role and by tensor for initialization and rate', () => {
  const knobs = { initScale: 2, 'initScale/hidden': 3, 'initScale/hidden1.weight': 5 };
  expect(layerKnob(knobs, 'initScale', { role: 'hidden', name: 'hidden1.weight' })).toBe(30);
  expect(layerKnob(knobs, 'initScale', { role: 'hidden', name: 'hidden2.weight' })).toBe(6);
  expect(layerKnob(knobs, 'initScale', { role: 'output', name: 'output.weight' })).toBe(2);
});

it('knows the knobs of residual blocks, and factors by their places', () => {
  const norm = { kind: 'rms', placement: 'pre', gains: true } as const;
  const { model } = smallResidualShape({ norm });
  const complete = (knobs: Record<string, number>, own = model) =>
    completeKnobs({ ...shape, model: own }, constant, { learningRate: 1, ...knobs });
  expect(complete({})).toMatchObject({ branchMultiplier: 1, gainScale: 1 });
  expect(complete({ 'initScale/branch-end': 0 })).toMatchObject({ 'initScale/branch-end': 0 });
  expect(() => complete({ 'initScale/norm-gain': 2 })).toThrow('unknown knob: initScale/norm-gain');
  expect(() => complete({ branchMultiplier: 0 })).toThrow(
    'unknown branchMultiplier: 0 (a positive',
  );
  expect(() => complete({ gainScale: 1 }, { ...model, norm: { kind: 'none' } })).toThrow(
    'unknown knob: gainScale',
  );
  const parameter = { role: 'hidden', name: 'block1.end.weight', place: 'branch-end' };
  const knobs = { 'learningRate/hidden': 2, 'learningRate/branch-end': 3 };
  expect(layerKnob(knobs, 'learningRate', parameter)).toBe(6);
});

it('says which kinds of optimizer and model there are', () => {
  const named = (odd: object) => () => knobNames({ ...shape, ...odd } as Shape, constant);
  expect(named({ optimizer: { kind: 'lion' } })).toThrow('unknown optimizer: lion (sgd, momentum,');
  expect(named({ model: { ...shape.model, kind: 'rnn' } })).toThrow('unknown model: rnn');
});
