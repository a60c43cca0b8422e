import { meanInterval } from './mean.ts';
import { studentTest, type Tested } from './paired.ts';

/** The mean of a sample with Student's t interval and the test that it is zero; throws on fewer than two observations. */
export function meanTest(sample: readonly number[]): Tested {
  return { ...meanInterval(sample), pValue: studentTest(sample), test: 't test' };
}
