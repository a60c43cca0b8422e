import { measureRichnessCourse } from './course.ts';
import { measureRichnessKernel } from './kernel.ts';
import { measureRichnessSweep } from './sweep.ts';

export const measureRichness = {
  ...measureRichnessSweep,
  ...measureRichnessCourse,
  ...measureRichnessKernel,
};
