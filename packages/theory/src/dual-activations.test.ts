import { describe, expect, it } from 'vitest';
import { type ActivationName, activationOf } from './activations.ts';
import { type Covariance, dualOf, quadratureDual, reluDual } from './dual-activations.ts';

const covariances: Covariance[] = [
  { first: 1, second: 1, cross: 0.3 },
  { first: 2, second: 0.5, cross: -0.7 },
  { first: 0.4, second: 1.5, cross: 0 },
  { first: 1.2, second: 1.2, cross: 1.2 },
];

describe.each<ActivationName>(['relu', 'erf', 'linear'])('the closed form of %s', (name) => {
  it.each(covariances)('is what quadrature says: %j', (covariance) => {
    const [closed, numeric] = [
      dualOf(name)(covariance),
      quadratureDual(activationOf(name))(covariance),
    ];
    // The quadrature's own accuracy for lengths up to 2.
    expect(numeric.value).toBeCloseTo(closed.value, 11);
    expect(numeric.derivative).toBeCloseTo(closed.derivative, 11);
  });

  it('has as derivative by the covariance the dual of φ′ (Price 1958)', () => {
    const at = (cross: number): number => dualOf(name)({ first: 1.3, second: 0.8, cross }).value;
    const slope = (at(0.4 + 1e-4) - at(0.4 - 1e-4)) / 2e-4;
    // A central difference is off by 1e-8 times a third derivative.
    expect(dualOf(name)({ first: 1.3, second: 0.8, cross: 0.4 }).derivative).toBeCloseTo(slope, 7);
  });
});

it('copes with silent inputs and correlations that round-off takes beyond 1', () => {
  expect(reluDual({ first: 0, second: 1, cross: 0 }).value).toBe(0);
  const { value, derivative } = reluDual({ first: 0.1, second: 0.1, cross: 0.1 + 1e-16 });
  expect(value).toBeCloseTo(0.05, 12);
  expect(derivative).toBeCloseTo(0.5, 7);
});
