import { type ColumnTable, table } from 'arquero';

/** A journalled trial, as `sweep` writes it. */
export interface TrialEntry {
  readonly key: string;
  readonly status: 'finished' | 'diverged';
  readonly divergedAt: number | null;
  readonly loss: number | null;
  readonly seconds: number;
  readonly flops: number;
  readonly spec: {
    readonly task: unknown;
    readonly shape: object;
    readonly parameterization: object;
    readonly schedule: object;
    readonly knobs: Readonly<Record<string, number>>;
    readonly seed: number;
    readonly steps: number;
    readonly heldOut: 'validation' | 'test';
  };
  readonly curve?: readonly (readonly [step: number, loss: number])[];
}

type Value = string | number | boolean | null;

/**
 * The leaves of nested plain data, by name; `kind` and `name` take the name of what they belong to, so that
 * `{ model: { kind: 'mlp', width: 8 } }` gives `model` and `width`. A name already taken is prefixed: `schedule.steps`.
 */
function leaves(value: object, owner: string, into: Record<string, Value>): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      leaves(inner, key, into);
      continue;
    }
    const name = key === 'kind' || key === 'name' ? owner : key;
    const leaf = Array.isArray(inner) ? JSON.stringify(inner) : (inner as Value);
    into[name in into ? `${owner}.${key}` : name] = leaf;
  }
}

/**
 * An arquero table with a row a trial: key, task, seed, steps, heldOut, status, divergedAt, loss, seconds, flops; then
 * model, width, depth, …, optimizer, batch; parameterization, baseWidth; schedule; and every knob by its name.
 * What a trial lacks is null. Entries are streamed and not kept; curves are left to `curvesTable`.
 */
export function trialsTable(
  entries: Iterable<TrialEntry>,
  {
    taskName,
  }: {
    /** The name of a trial's task, from its law. */
    readonly taskName: (law: unknown) => string;
  },
): ColumnTable {
  const columns = new Map<string, Value[]>();
  let count = 0;
  for (const { key, status, divergedAt, loss, seconds, flops, spec } of entries) {
    const { task, seed, steps, heldOut, shape, parameterization, schedule, knobs } = spec;
    const row: Record<string, Value> = { key, task: taskName(task), seed, steps, heldOut, status };
    Object.assign(row, { divergedAt, loss, seconds, flops });
    leaves(shape, 'shape', row);
    leaves(parameterization, 'parameterization', row);
    leaves(schedule, 'schedule', row);
    leaves(knobs, 'knobs', row);
    for (const name of Object.keys(row)) {
      if (!columns.has(name)) columns.set(name, new Array<Value>(count).fill(null));
    }
    for (const [name, column] of columns) column.push(row[name] ?? null);
    count += 1;
  }
  return table([...columns]);
}

/** An arquero table with a row a point of a training curve: `trial` (the key), step, loss. */
export function curvesTable(entries: Iterable<TrialEntry>): ColumnTable {
  const trial: string[] = [];
  const step: number[] = [];
  const loss: number[] = [];
  for (const { key, curve = [] } of entries) {
    for (const [at, value] of curve) {
      trial.push(key);
      step.push(at);
      loss.push(value);
    }
  }
  return table({ trial, step, loss });
}
