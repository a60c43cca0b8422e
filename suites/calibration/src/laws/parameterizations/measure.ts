import { measureCoordinates } from './coordinates.ts';
import { measureRateSweep } from './rate-sweep.ts';
import { measureSameTraining } from './same-training.ts';

export const measureParameterizations = {
  ...measureSameTraining,
  ...measureCoordinates,
  ...measureRateSweep,
};
