import type { Evidence } from '@hyperlaw/cli';
import type { RichText } from '@hyperlaw/report';
import { mean } from '@hyperlaw/theory';
import { type TrainedColumn, type TrainedFound, trainedOn } from './trainable.ts';

/** What was trained, and what was found. */
export function trainedText(
  evidence: Evidence,
  { columns, depths, steps, width }: TrainedFound,
): RichText {
  const deepest = Math.max(...depths);
  const reached = columns.filter(({ reached }) => reached.every(({ bound }) => bound === 'at'));
  const chaotic = reached.filter((column) => column.chaotic && column.limit <= deepest);
  const near = reached.filter(({ limit }) => limit > deepest);
  const depthOf = ({ reached }: TrainedColumn) =>
    Math.exp(mean(reached.map(({ depth }) => Math.log(depth))));
  const factor = (limit: (column: TrainedColumn) => number): string =>
    Math.exp(mean(chaotic.map((column) => Math.log(depthOf(column) / limit(column))))).toFixed(2);
  const explode =
    chaotic.length === 0
      ? ''
      : ` In the chaotic phase nets reach ${factor(({ limit }) => limit)} times $6\\,\\xi_c$ but ${factor(({ gradientLimit }) => gradientLimit)} times $6\\,|\\xi_\\nabla|$, the dashed line: gradients, which explode there over fewer layers than correlations settle in, may stop them first. In a pilot on another task ten times as many steps moved that limit up by half or more, towards $6\\,\\xi_c$.`;
  const stop =
    near.length === 0
      ? ''
      : ` Near the critical line the law promises more layers than the deepest net has, ${deepest}, but nets stop learning at ${near.map((column) => `${depthOf(column).toFixed(0)} (σ_w² = ${column.weightVariance})`).join(', ')}: there the law does not hold for nets of width ${width} in ${steps} steps. It is one of infinite width, and depth over width is no longer small.`;
  return `Trained nets start from the same variances in every layer and see ${trainedOn(evidence)}, for ${steps} steps of plain SGD, at the better of two learning rates, run by run. In the ordered phase both scales are the same.${explode}${stop}`;
}
