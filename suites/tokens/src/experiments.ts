import type { Experiments } from '@hyperlaw/cli';
import { measureBestFit } from './random-features/best-fit.ts';
import { measureOnePass } from './random-features/one-pass.ts';

/** What every worker can measure, by kind. */
export const experiments = { ...measureBestFit, ...measureOnePass } satisfies Experiments;
