import { type KernelTask, powerLawTask } from '@hyperlaw/theory';

/** A task in the eigenbasis of its kernel, as data. The target's variance is 1. */
export type Spectrum =
  | {
      readonly kind: 'power-law';
      readonly modes: number;
      /** α of λ_i = i^{−α}. */
      readonly capacity: number;
      /** β of v_i² ∝ i^{−β}. */
      readonly source: number;
      readonly noise: number;
    }
  | {
      readonly kind: 'two-level';
      readonly modes: number;
      /** Modes of eigenvalue 1; the others have `low`. */
      readonly high: number;
      readonly low: number;
      /** Share of the target's variance in the high modes, spread evenly, as the rest is in the others. */
      readonly share: number;
      readonly noise: number;
    };

/** The spectra that are compared, by the name figures have for them. */
export const spectra: Readonly<Record<string, Spectrum>> = {
  'slow power law': { kind: 'power-law', modes: 1024, capacity: 1.2, source: 1.6, noise: 0.3 },
  'fast power law': { kind: 'power-law', modes: 1024, capacity: 2, source: 1.4, noise: 0.3 },
  'two levels': { kind: 'two-level', modes: 1024, high: 64, low: 0.02, share: 0.8, noise: 0.3 },
};

/** Eigenvalues, coefficients and label noise of a spectrum. */
export function taskOf(spectrum: Spectrum): KernelTask {
  switch (spectrum.kind) {
    case 'power-law': {
      const { modes, capacity, source, noise } = spectrum;
      const task = powerLawTask({
        modes,
        eigenvalueExponent: capacity,
        targetExponent: source,
        labelNoise: noise,
      });
      const raw = Float64Array.from(task.coefficients);
      const norm = Math.sqrt(raw.reduce((sum, v) => sum + v * v, 0));
      return { ...task, coefficients: raw.map((v) => v / norm) };
    }
    case 'two-level': {
      const { modes, high, low, share, noise } = spectrum;
      const each = [share / high, (1 - share) / (modes - high)] as const;
      return {
        eigenvalues: Float64Array.from({ length: modes }, (_, i) => (i < high ? 1 : low)),
        coefficients: Float64Array.from({ length: modes }, (_, i) =>
          Math.sqrt(i < high ? each[0] : each[1]),
        ),
        labelNoise: noise,
      };
    }
  }
}
