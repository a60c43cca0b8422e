import type { Row } from './chart.ts';
import { type Box, clipBand, clipLine } from './clip-line.ts';
import type { KeyEntry } from './key.ts';
import { token } from './palette.ts';
import { finite } from './rows.ts';

/** What a theory says, drawn as a line. */
export interface TheoryLine {
  /** In the order of drawing; a null y breaks the line, as at a pole. */
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** Its name in the key; default `theory`. */
  readonly label?: string;
  /** Default `solid`; lines with different labels should differ in stroke or series. */
  readonly stroke?: 'solid' | 'dashed';
  /** Where theory gives a distribution: ±1 sd around its line, say. */
  readonly band?: {
    readonly label: string;
    readonly points: readonly (readonly [x: number, low: number, high: number])[];
  };
  /** Drawn in the colour of its series; in ink where it has none. */
  readonly series?: string | number;
  /** Default: every panel. */
  readonly facet?: string;
}

const nameOf = ({ label }: TheoryLine): string => label ?? 'theory';

/** Rows of theory for a chart's data, at full length: kinds `theory` and `band`. */
export function theoryRows(lines: readonly TheoryLine[]): Row[] {
  return lines.flatMap((line): Row[] => {
    const where = {
      ...(line.facet === undefined ? {} : { facet: line.facet }),
      ...(line.series === undefined ? {} : { series: line.series }),
    };
    const { band } = line;
    return [
      ...line.points.map(([x, y]) => ({
        kind: 'theory',
        ...where,
        x: finite(x),
        y: y === null ? null : finite(y),
        label: nameOf(line),
      })),
      ...(band?.points ?? []).map(([x, low, high]) => ({
        kind: 'band',
        ...where,
        x: finite(x),
        low: finite(low),
        high: finite(high),
        label: band?.label ?? 'band',
      })),
    ];
  });
}

/** The lines of a panel. */
export function theoryIn(
  lines: readonly TheoryLine[],
  facet: string | undefined,
): readonly TheoryLine[] {
  return lines.filter((line) => line.facet === undefined || line.facet === facet);
}

/** Strokes and bands as the key shows them, in ink where series have colours of their own. */
export function theoryEntries(lines: readonly TheoryLine[]): readonly KeyEntry[] {
  const entries = lines.flatMap((line): KeyEntry[] => [
    ...(line.points.length > 0
      ? [
          {
            glyph: line.stroke === 'dashed' ? ('dashed' as const) : ('line' as const),
            label: nameOf(line),
            colour: token('ink'),
          },
        ]
      : []),
    ...(line.band
      ? [{ glyph: 'band' as const, label: line.band.label, colour: token('muted') }]
      : []),
  ]);
  const names = entries.map((entry) => `${entry.glyph} ${entry.label}`);
  return entries.filter((_, i) => names.indexOf(names[i] ?? '') === i);
}

/** Bands, then lines, of one panel; `halo` sets the lines off from a map under them. */
export function theoryLayers(
  lines: readonly TheoryLine[],
  {
    box,
    x,
    y,
    colourOf,
    halo = 0,
  }: {
    readonly box: Box;
    readonly x: Readonly<Record<string, unknown>>;
    readonly y: Readonly<Record<string, unknown>>;
    readonly colourOf: (series: string | number | undefined) => string;
    /** Width of the paper on both sides of a line, in pixels. */
    readonly halo?: number;
  },
): readonly Readonly<Record<string, unknown>>[] {
  const bands = lines.flatMap(({ band, series }) => {
    if (!band) return [];
    const values = clipBand(band.points, box).map(([at, low, high]) => ({
      x: finite(at),
      low: finite(low),
      high: finite(high),
    }));
    const color = colourOf(series);
    return [
      {
        data: { values },
        mark: { type: 'area', color, opacity: series === undefined ? 0.11 : 0.17 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
    ];
  });
  const strokes = lines.flatMap((line) => {
    const label = nameOf(line);
    const values = clipLine(line.points, box).flatMap((piece, i) =>
      piece.map(([at, value], order) => ({
        x: finite(at),
        y: finite(value),
        piece: i,
        order,
        label,
      })),
    );
    if (values.length === 0) return [];
    const encoding = { x, y, detail: { field: 'piece' }, order: { field: 'order' } };
    const dash = line.stroke === 'dashed' ? { strokeDash: [5, 3.5] } : {};
    const mark = { type: 'line', strokeWidth: 1.7, strokeJoin: 'round', ...dash };
    return [
      ...(halo > 0
        ? [
            {
              data: { values },
              mark: { ...mark, strokeWidth: 1.7 + 2 * halo, strokeDash: [], color: token('paper') },
              encoding,
            },
          ]
        : []),
      {
        data: { values },
        mark: { ...mark, color: colourOf(line.series) },
        encoding: { ...encoding, tooltip: { field: 'label', title: 'line' } },
      },
    ];
  });
  return [...bands, ...strokes];
}
