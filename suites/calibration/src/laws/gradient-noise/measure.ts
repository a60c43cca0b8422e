import { linearDescent } from './linear-descent.ts';
import { netRace } from './net-race.ts';
import { noiseScale } from './noise-scale.ts';

export const measureGradientNoise = { noiseScale, linearDescent, netRace };
