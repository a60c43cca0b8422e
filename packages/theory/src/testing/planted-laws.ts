import { chinchillaRefitted, type ScalingLaw } from '../scaling-law.ts';

/** For tests: a law whose optimum moves about evenly, and one where it moves mostly in tokens. */
export const plantedLaws: readonly ScalingLaw[] = [
  chinchillaRefitted,
  {
    irreducible: 1.7,
    parameterScale: 3000,
    parameterExponent: 0.5,
    tokenScale: 150,
    tokenExponent: 0.25,
  },
];
