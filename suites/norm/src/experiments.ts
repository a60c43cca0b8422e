import type { Experiments } from '@hyperlaw/cli';
import { course } from './course.ts';
import { plane } from './plane.ts';

/** What every worker can measure, by kind. */
export const experiments = { plane, course } satisfies Experiments;
