import type { Row, VegaLiteSpec } from '../charts/chart.ts';

/** Rows that share their fields and their texts: the latter once, the rest as a table. */
interface Block {
  readonly same: Row;
  readonly fields: readonly string[];
  readonly values: readonly (readonly Row[string][])[];
}

/** Rows in the order in which they are drawn. */
export type Table = readonly Block[];

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'boolean';

/** Runs of rows that are alike in what `kindOf` says. */
function runsOf(rows: readonly Row[], kindOf: (row: Row) => unknown): readonly (readonly Row[])[] {
  const runs: Row[][] = [];
  let last = '';
  for (const row of rows) {
    const kind = JSON.stringify(kindOf(row));
    if (kind !== last) runs.push([]);
    last = kind;
    runs.at(-1)?.push(row);
  }
  return runs;
}

/** Rows of the same fields: what all have alike once. */
function blockOf(run: readonly Row[]): Block {
  const [first = {}] = run;
  const alike = Object.keys(first).filter((field) =>
    run.every((row) => row[field] === first[field]),
  );
  const fields = Object.keys(first).filter((field) => !alike.includes(field));
  return {
    same: Object.fromEntries(alike.map((field) => [field, first[field] ?? null])),
    fields,
    values: run.map((row) => fields.map((field) => row[field] ?? null)),
  };
}

/** Rows without the repetition of their fields and, where that is shorter, of their texts. */
export function tableOf(rows: readonly Row[]): Table {
  const tableBy = (kindOf: (row: Row) => unknown): Table => runsOf(rows, kindOf).map(blockOf);
  const long = tableBy((row) => Object.keys(row));
  const short = tableBy((row) =>
    Object.entries(row).map(([field, value]) => [field, isText(value) ? value : '']),
  );
  return JSON.stringify(short).length < JSON.stringify(long).length ? short : long;
}

/** Data below this many letters stay where they are. */
const SMALL = 120;

/** Takes data that stand inside specifications out of them, each once for all, and names them there. */
function dataPool() {
  const names = new Map<string, string>();
  const tables: Record<string, Table> = {};
  const named = (rows: readonly Row[]): string | null => {
    const text = JSON.stringify(rows);
    if (text.length < SMALL) return null;
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `d${names.size}`;
    names.set(text, name);
    tables[name] = tableOf(rows);
    return name;
  };
  const take = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(take);
    if (typeof value !== 'object' || value === null) return value;
    const { values, ...others } = value as { readonly values?: unknown };
    if (isRows(values) && Object.keys(others).length === 0) {
      const name = named(values);
      return name === null ? value : { name };
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, take(each)]));
  };
  return { take, tables };
}

const isRows = (values: unknown): values is readonly Row[] =>
  Array.isArray(values) && values.every((row) => typeof row === 'object' && row !== null);

/** What a page holds of a figure that a script draws: its rows and other data as tables, and both specifications without. */
export interface FigureData {
  readonly fields: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, Table>>;
  readonly wide: unknown;
  readonly narrow: unknown;
}

/** The data of a figure, each table once for both sizes; `client/report.js` puts them together again. */
export function figureData({
  rows,
  fields,
  wide,
  narrow,
}: {
  readonly rows: readonly Row[];
  readonly fields: FigureData['fields'];
  readonly wide: VegaLiteSpec;
  readonly narrow: VegaLiteSpec;
}): FigureData {
  const { take, tables } = dataPool();
  const bare = ({ datasets: _, ...spec }: VegaLiteSpec) => take(spec);
  return {
    fields,
    wide: bare(wide),
    narrow: bare(narrow),
    tables: { rows: tableOf(rows), ...tables },
  };
}
