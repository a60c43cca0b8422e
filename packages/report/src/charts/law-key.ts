import type { KeyGroup } from './key.ts';
import type { Law } from './law.ts';
import { categoryTokens, token } from './palette.ts';
import type { Series } from './series.ts';
import { theoryEntries } from './theory.ts';

/** The key: lines and points in neutral colours, then the colours of the series. */
export function lawKey(
  { theory, measured, measuredLabel, series: named }: Law,
  series: Series,
): readonly KeyGroup[] {
  const many = series.values.length > 0;
  const colour = many ? token('ink') : (categoryTokens(1)[0] ?? token('ink'));
  const drawn = measured.filter(({ y }) => y !== null);
  const barred = drawn.filter(({ low }) => low !== undefined).length;
  const bare = { glyph: 'point' as const, label: measuredLabel ?? 'measured', colour };
  const withBar = {
    glyph: 'interval' as const,
    label: measuredLabel ?? 'measured, with interval',
    colour,
  };
  // One name for all says nothing of bars.
  const points = [
    ...(barred < drawn.length && (barred === 0 || measuredLabel === undefined) ? [bare] : []),
    ...(barred > 0 ? [withBar] : []),
  ];
  const edge = measured.some((point) => point.edge)
    ? [{ glyph: 'hollow' as const, label: 'on the edge of its range', colour }]
    : [];
  const diverged = measured.some(({ y }) => y === null)
    ? [{ glyph: 'cross' as const, label: 'diverged', colour }]
    : [];
  const both = series.values.some(
    (value) =>
      theory.some((line) => line.series === value) &&
      measured.some((point) => point.series === value),
  );
  return [
    { entries: [...theoryEntries(theory), ...points, ...edge, ...diverged] },
    ...(series.values.length > 1
      ? [
          {
            ...(named ? { title: named.title } : {}),
            entries: series.values.map((value, i) => ({
              glyph: both ? ('series' as const) : ('point' as const),
              label: String(value),
              colour: series.colours[i] ?? token('ink'),
            })),
          },
        ]
      : []),
  ];
}
