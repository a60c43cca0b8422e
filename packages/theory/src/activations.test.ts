import { expect, it } from 'vitest';
import { type ActivationName, activationOf, tanh } from './activations.ts';

const names: ActivationName[] = ['relu', 'tanh', 'erf', 'linear'];

it.each(names)('%s has the derivative that differences show', (name) => {
  const { value, derivative } = activationOf(name);
  for (const z of [-2.3, -0.4, 0.7, 3.1]) {
    const difference = (value(z + 1e-5) - value(z - 1e-5)) / 2e-5;
    // Round-off over the step: 1e-16/1e-5.
    expect(derivative(z)).toBeCloseTo(difference, 9);
  }
});

it.each(names)('%s is homogeneous if it says so', (name) => {
  const { value, homogeneous } = activationOf(name);
  const scales = [-1.5, 0.8].every((z) => Math.abs(value(3 * z) - 3 * value(z)) < 1e-12);
  expect(scales).toBe(homogeneous);
});

it('takes activations that have no name', () => {
  expect(activationOf(tanh)).toBe(tanh);
  expect(() => activationOf('gelu' as ActivationName)).toThrow(
    'unknown activation: gelu (relu, tanh, erf, linear)',
  );
});
