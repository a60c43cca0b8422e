import { completeKnobs } from '../knobs.ts';
import type { Lane } from '../lane-plan.ts';
import { explicitForm } from '../parameterizations/explicit-form.ts';
import type { Output, Shape } from '../shape.ts';
import type { Batch } from '../training-step.ts';
import { trainingStep } from '../training-step.ts';
import { plansOf, trainEagerly } from './train-eagerly.ts';
import { withMultipliers } from './with-multipliers.ts';

/** Loss curve of one lane, in the form it trains in, or with every multiplier of its tables in the graph. */
export function trainedCurve(
  shape: Shape,
  lane: Lane,
  {
    form,
    steps,
    batch,
    ...sides
  }: {
    readonly form: 'trained' | 'explicit';
    readonly steps: number;
    readonly batch: (step: number) => Batch;
    readonly inputDim: number;
    readonly output: Output;
  },
): readonly number[] {
  const options = { ...sides, lanes: 1 };
  const step = trainingStep(shape, options);
  const losses = ({ curve }: ReturnType<typeof trainEagerly>) =>
    curve.map(([loss]) => loss ?? Number.NaN);
  const train = { steps, batch };
  if (form === 'trained') return losses(trainEagerly(step, plansOf(step, [lane]), train));
  const forms = Object.fromEntries(
    step.model.parameters.map((parameter) => [
      parameter.name,
      explicitForm(parameter, {
        parameterization: lane.parameterization,
        width: shape.model.width,
        depth: shape.model.depth,
        family: step.optimizer(parameter).family,
        knobs: completeKnobs(shape, lane.schedule, lane.knobs),
      }),
    ]),
  );
  const multipliers = Object.entries(forms).map(([name, { multiplier }]) => [name, multiplier]);
  const explicit = withMultipliers(step.model, Object.fromEntries(multipliers));
  const plans = plansOf(step, [lane]).map((plan) => ({ ...plan, forms }));
  return losses(trainEagerly(trainingStep(shape, { ...options, model: explicit }), plans, train));
}
