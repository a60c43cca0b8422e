import type { Experiments } from '@hyperlaw/cli';
import { course } from './course.ts';

/** What every worker can measure, by kind. */
export const experiments = { course } satisfies Experiments;
