import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import type { Task, TaskLaw } from '@hyperlaw/tasks';
import { linearRamps, linearSweeps, netBatches, netRanges, races } from './inputs.ts';
import type { LinearRunsInput } from './linear-runs.ts';
import type { NetRampInput, NetSweepInput } from './nets.ts';
import { sizes } from './sizes.ts';

export const raceName = ({ optimizer, batch }: LinearRunsInput): string =>
  `learning-rate-rules race ${optimizer} B=${batch}`;
export const rampName = ({ steps }: LinearRunsInput): string =>
  `learning-rate-rules linear ramp T=${steps}`;
export const linearSweepName = ({ steps }: LinearRunsInput): string =>
  `learning-rate-rules linear sweep T=${steps}`;
export const netRampName = ({ task, optimizer }: NetRampInput): string =>
  `learning-rate-rules ramp ${task.kind} ${optimizer}`;
export const netSweepName = ({ task, optimizer, batch, width }: NetSweepInput): string =>
  `learning-rate-rules sweep ${task.kind} ${optimizer} B=${batch} n=${width}`;

export function plan(profile: Profile, loaded: readonly Task[]): readonly Experiment[] {
  const chosen = sizes[profile];
  const dataOf = (law: TaskLaw) =>
    loaded.find((task) => JSON.stringify(task.law) === JSON.stringify(law))?.data ?? [];
  const common = { data: [], version: 1 };
  const linear = (lanes: number, steps: number, batch: number, runs: number) =>
    0.05 + steps * (5e-5 + lanes * (4e-7 + batch * 4e-8) + runs * batch * 4e-7);
  const net = (
    { optimizer, width, batch, steps, seeds }: NetSweepInput | NetRampInput,
    rates: number,
  ) =>
    0.05 +
    rates *
      seeds.length *
      steps *
      (4e-6 + width * (width + 64) * (optimizer === 'sgd' ? 1e-9 : 4e-9)) +
    rates * seeds.length * steps * batch * 1e-7;
  return [
    ...[
      ...races(chosen).map((input) => ({ name: raceName(input), input })),
      ...linearRamps(chosen).map((input) => ({ name: rampName(input), input })),
      ...linearSweeps(chosen).map((input) => ({ name: linearSweepName(input), input })),
    ].map(({ name, input }) => {
      const runs = input.groups * input.perGroup;
      const cost = linear(runs * input.rates.length, input.steps, input.batch, runs);
      return { ...common, kind: 'linearRuns', name, input, cost };
    }),
    ...netBatches(chosen).map((input) => ({
      ...{
        ...common,
        kind: 'netSweep',
        name: netSweepName(input),
        input,
        data: dataOf(input.task),
      },
      cost: net(input, input.rates.length),
    })),
    ...netRanges(chosen).flatMap(({ ramp, sweep }) => [
      {
        ...{
          ...common,
          kind: 'netRamp',
          name: netRampName(ramp),
          input: ramp,
          data: dataOf(ramp.task),
        },
        cost: net(ramp, 1),
      },
      {
        ...{ ...common, kind: 'netSweep', name: netSweepName(sweep), input: sweep },
        ...{ data: dataOf(sweep.task), cost: net(sweep, sweep.rates.length) },
      },
    ]),
  ];
}
