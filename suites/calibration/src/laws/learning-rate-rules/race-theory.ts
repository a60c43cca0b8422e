import { sweepOptimum } from '@hyperlaw/report';
import { excessLoss, mean, stepNormalizedErrors, stepSquaredErrors } from '@hyperlaw/theory';
import { NotMeasured } from '../../law.ts';
import { type BatchFound, RESAMPLING } from './batch-found.ts';
import { type RuleOptimizer, theoreticalRace } from './inputs.ts';
import { initialSquaredErrors, problem } from './linear.ts';

/** Slope of theory's best rates over the same batch sizes. */
export function slopeInTheory(optimizer: RuleOptimizer, batches: readonly number[]): number {
  const u = batches.map((batch) => Math.log(batch));
  const v = batches.map((batch) => Math.log(theoreticalRace(optimizer, batch).learningRate));
  const centre = mean(u);
  const top = u.reduce((sum, each, i) => sum + (each - centre) * (v[i] as number), 0);
  return top / u.reduce((sum, each) => sum + (each - centre) ** 2, 0);
}

/** The loss that theory says a rate leaves after as many steps as its best takes to the target. */
export function raceLoss(
  optimizer: RuleOptimizer,
  batchSize: number,
  learningRate: number,
): number {
  const { steps } = theoreticalRace(optimizer, batchSize);
  const errors = Float64Array.from(initialSquaredErrors);
  const next = optimizer === 'sgd' ? stepSquaredErrors : stepNormalizedErrors;
  const count = Math.max(1, Math.round(steps));
  for (let t = 0; t < count; t++) next(problem, { learningRate, batchSize }, errors);
  return excessLoss(problem, errors);
}

/** The best of a sweep's rates as theory has it, read off the same rates in the same way. */
export function bestInTheory({ optimizer, batch, points }: BatchFound): number {
  const exact = points.map(({ x }) => {
    const loss = raceLoss(optimizer, batch, x);
    return { x, losses: [Number.isFinite(loss) ? loss : null] };
  });
  const { x, status } = sweepOptimum(exact, RESAMPLING);
  if (x === null || status !== 'interior')
    throw new NotMeasured(`theory’s best lies beyond the rates at B = ${batch}`);
  return x;
}
