import { perturbationGrowth } from './perturb.ts';
import { propagatedPairs } from './propagate.ts';
import { trainedDepths } from './train.ts';

export const measureOrderAndChaos = { propagatedPairs, perturbationGrowth, trainedDepths };
