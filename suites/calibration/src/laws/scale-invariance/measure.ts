import { effectiveRates } from './effective-rates.ts';
import { homogeneity } from './homogeneity.ts';
import { normCourse } from './norm-course.ts';
import { orthogonality } from './orthogonality.ts';

export const measureScaleInvariance = { orthogonality, normCourse, effectiveRates, homogeneity };
