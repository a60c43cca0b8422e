import type { ArmOutcome, Stage } from './arm.ts';
import { stages } from './arm.ts';
import type { Measure, TrialRecord, TrialSpec } from './trial.ts';

/** Measures for one arm and keeps count of what each stage asked for first. */
export interface Ledger {
  ask(stage: Stage, specs: readonly TrialSpec[]): Promise<readonly TrialRecord[]>;
  account(): Pick<ArmOutcome, 'trials' | 'spent' | 'compute' | 'failures'>;
}

/** A trial that counts once, whoever asks for it. */
export interface Counted {
  readonly steps: number;
  readonly record: TrialRecord;
}

/** The work behind distinct trials, in whatever order they came. */
export function sumWork(counted: readonly Counted[]): Pick<ArmOutcome, 'trials' | 'compute'> {
  // By key, since sums in order of arrival would differ in their last bits.
  const all = counted.toSorted((a, b) => (a.record.key < b.record.key ? -1 : 1));
  const ending = (status: TrialRecord['status']) =>
    all.filter(({ record }) => record.status === status).length;
  const sum = (value: (one: Counted) => number) =>
    all.reduce((total, one) => total + value(one), 0);
  return {
    trials: { total: all.length, diverged: ending('diverged'), failed: ending('failed') },
    compute: {
      modelSteps: sum(({ steps }) => steps),
      flops: sum(({ record }) => record.flops),
      seconds: sum(({ record }) => record.seconds),
    },
  };
}

/** A ledger over a measurement. */
export function createLedger(measure: Measure): Ledger {
  const known = new Map<string, Counted & { readonly stage: Stage }>();
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
      const all = [...known.values()];
      const spent = stages.map((stage) => [stage, all.filter((one) => one.stage === stage).length]);
      const { trials, compute } = sumWork(all);
      const failed = all.flatMap(({ record }) => (record.status === 'failed' ? [record] : []));
      return {
        trials,
        spent: Object.fromEntries(spent) as Record<Stage, number>,
        compute,
        failures: [...new Set(failed.map(({ reason }) => reason ?? 'unknown'))],
      };
    },
  };
}
