import { firstStep } from './first-step.ts';
import { depthSweep } from './rate-sweep.ts';
import { streamSizes } from './stream-sizes.ts';

export const measureResidualDepth = { streamSizes, firstStep, depthSweep };
