import { balanceDrift } from './balance-drift.ts';
import { linearCourse } from './course.ts';

export const measureDeepLinear = { linearCourse, balanceDrift };
