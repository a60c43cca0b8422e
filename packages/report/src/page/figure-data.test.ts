import { describe, expect, it } from 'vitest';
import type { Row } from '../charts/chart.ts';
import { madeUpPage } from '../fixtures/made-up-page.ts';
import { figureData, type Table, tableOf } from './figure-data.ts';
import { figuresOf } from './page-parts.ts';

/** As the page's script does. */
const rowsOf = (table: Table): readonly Row[] =>
  table.flatMap(({ same, fields, values }) =>
    values.map((row) => ({
      ...same,
      ...Object.fromEntries(fields.map((f, i) => [f, row[i] ?? null])),
    })),
  );

function whole(value: unknown, tables: Readonly<Record<string, Table>>): unknown {
  if (Array.isArray(value)) return value.map((each) => whole(each, tables));
  if (typeof value !== 'object' || value === null) return value;
  const { name } = value as { readonly name?: string };
  const table = name === undefined || name === 'rows' ? undefined : tables[name];
  if (table) return { values: rowsOf(table) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, whole(each, tables)]));
}

describe('the data of a figure', () => {
  it('gives every row back, in order, whatever fields it has', () => {
    const rows: readonly Row[] = [
      { kind: 'a', x: 1, y: null },
      { kind: 'a', x: 2, y: 3 },
      { kind: 'b', x: 1, y: 2, low: 1 },
      { kind: 'a', x: 4, y: 1, edge: false },
    ];
    expect(rowsOf(tableOf(rows))).toEqual(rows);
  });

  it('says once what many rows share', () => {
    const rows = ['first series', 'second series'].flatMap((series) =>
      Array.from({ length: 9 }, (_, x) => ({ kind: 'measured', series, x, y: x * x })),
    );
    const table = tableOf(rows);
    expect(table.map(({ same }) => same)).toEqual([
      { kind: 'measured', series: 'first series' },
      { kind: 'measured', series: 'second series' },
    ]);
    const mixed = tableOf(
      Array.from({ length: 9 }, (_, x) => ({ kind: 'cell', name: `n${x}`, x })),
    );
    expect(mixed.map(({ same, fields }) => [same, fields])).toEqual([
      [{ kind: 'cell' }, ['name', 'x']],
    ]);
  });

  it('gives both specifications back, in far fewer letters', () => {
    let [lean, full] = [0, 0];
    for (const { chart } of figuresOf(madeUpPage)) {
      const { rows, fields, spec } = chart;
      const [wide, narrow] = [spec('wide'), spec('narrow')];
      const data = figureData({ rows, fields, wide, narrow });
      const bare = ({ datasets: _, ...rest }: typeof wide) => rest;
      expect(whole(data.wide, data.tables)).toEqual(JSON.parse(JSON.stringify(bare(wide))));
      expect(whole(data.narrow, data.tables)).toEqual(JSON.parse(JSON.stringify(bare(narrow))));
      expect(rowsOf(data.tables.rows ?? [])).toEqual(rows);
      lean += JSON.stringify(data).length;
      full += JSON.stringify({ rows, fields, wide: bare(wide), narrow: bare(narrow) }).length;
    }
    // Axes and texts of specifications stay as they are.
    expect(lean).toBeLessThan(0.8 * full);
  });
});
