import { describe, expect, it } from 'vitest';
import { correlationMap, fixedCorrelation } from './correlation-map.ts';
import { depthScales } from './depth-scales.ts';
import type { MeanFieldNet } from './signal-propagation.ts';
import { fixedLength, lengthMap, phaseOf } from './signal-propagation.ts';

const tanhNet = (weightVariance: number, biasVariance: number): MeanFieldNet => ({
  activation: 'tanh',
  weightVariance,
  biasVariance,
});

describe('depth scales', () => {
  it('are those published for tanh at σ_b² = 0.05', () => {
    expect(depthScales(tanhNet(1.3, 0.05)).correlation).toBeCloseTo(7.834, 3);
    expect(depthScales(tanhNet(2, 0.05)).correlation).toBeCloseTo(25.21, 2);
  });

  it('are the rates at which iterates approach the fixed points', () => {
    for (const net of [tanhNet(1.3, 0.05), tanhNet(2, 0.05)]) {
      const [q, c, scales] = [fixedLength(net), fixedCorrelation(net), depthScales(net)];
      let [length, correlation] = [q + 1e-3, c - 1e-3];
      const layers = 6;
      for (let l = 0; l < layers; l++) {
        correlation = correlationMap(net, correlation, q);
        length = lengthMap(net, length);
      }
      // Beginning 1e-3 away, curvature changes a rate by about 1e-3 of itself times the map's curvature.
      expect(-layers / Math.log((length - q) / 1e-3) / scales.length).toBeCloseTo(1, 2);
      expect(-layers / Math.log((c - correlation) / 1e-3) / scales.correlation).toBeCloseTo(1, 1);
    }
  });

  it('meet in the ordered phase: correlations and gradients have one scale where c* = 1', () => {
    const scales = depthScales(tanhNet(1.3, 0.05));
    expect(scales.correlation).toBeCloseTo(scales.gradient, 8);
    expect(depthScales(tanhNet(2, 0.05)).gradient).toBeLessThan(0);
  });

  it('diverge for ReLU on its degenerate line, where every length is fixed', () => {
    const net: MeanFieldNet = { activation: 'relu', weightVariance: 2, biasVariance: 0 };
    expect(depthScales(net)).toEqual({
      length: Infinity,
      correlation: Infinity,
      gradient: Infinity,
    });
    expect(phaseOf(net)).toBe('critical');
    for (const q of [0.3, 1, 40]) expect(lengthMap(net, q) / q).toBeCloseTo(1, 13);
  });

  it('for ReLU without biases: gradients scale as χ₁ = σ_w²/2, correlations as a power law', () => {
    const net: MeanFieldNet = { activation: 'relu', weightVariance: 1.5, biasVariance: 0 };
    expect(depthScales(net).correlation).toBe(Infinity);
    expect(depthScales(net).gradient).toBeCloseTo(-1 / Math.log(0.75), 12);
  });
});
