import type { ArmOutcome, Stage } from './arm.ts';
import { stages } from './arm.ts';
import type { Measure, TrialRecord, TrialSpec } from './trial.ts';

/** Measures for one arm and keeps count of what each stage asked for first. */
export interface Ledger {
  ask(stage: Stage, specs: readonly TrialSpec[]): Promise<readonly TrialRecord[]>;
  account(): Pick<ArmOutcome, 'trials' | 'spent' | 'compute' | 'failures'>;
}

/** A ledger over a measurement. */
export function createLedger(measure: Measure): Ledger {
  const known = new Map<string, { stage: Stage; steps: number; record: TrialRecord }>();
  return {
    async ask(stage, specs) {
      const records = await measure(specs);
      records.forEach((record, index) => {
        const steps = specs[index]!.steps;
        if (!known.has(record.key)) known.set(record.key, { stage, steps, record });
      });
      return records;
    },
    account() {
      // By key, since sums in order of arrival would differ in their last bits.
      const all = [...known.values()].sort((a, b) => (a.record.key < b.record.key ? -1 : 1));
      const having = (status: TrialRecord['status']) =>
        all.filter(({ record }) => record.status === status);
      const sum = (value: (one: (typeof all)[number]) => number) =>
        all.reduce((total, one) => total + value(one), 0);
      const spent = stages.map((stage) => [stage, all.filter((one) => one.stage === stage).length]);
      return {
        trials: {
          total: all.length,
          diverged: having('diverged').length,
          failed: having('failed').length,
        },
        spent: Object.fromEntries(spent) as Record<Stage, number>,
        compute: {
          modelSteps: sum(({ steps }) => steps),
          flops: sum(({ record }) => record.flops),
          seconds: sum(({ record }) => record.seconds),
        },
        failures: [...new Set(having('failed').map(({ record }) => record.reason ?? 'unknown'))],
      };
    },
  };
}
