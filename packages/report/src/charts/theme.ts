import { token } from './palette.ts';

/** Fonts of one width, Helvetica's, so that a figure drawn without a browser fits its text in any. */
const FIGURE_FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

/** The vega-lite configuration shared by all charts. */
export const theme = {
  background: token('paper'),
  aria: false,
  font: FIGURE_FONT,
  padding: { left: 2, right: 10, top: 6, bottom: 4 },
  view: { stroke: null },
  axis: {
    domainColor: token('faint'),
    tickColor: token('faint'),
    gridColor: token('grid'),
    labelColor: token('muted'),
    titleColor: token('ink'),
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 500,
    titlePadding: 8,
    labelPadding: 4,
    tickSize: 4,
    labelFlush: false,
    labelOverlap: 'greedy',
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, titleAnchor: 'middle' },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    labelColor: token('muted'),
    titleColor: token('ink'),
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 500,
    titleOrient: 'left',
    symbolStrokeWidth: 2,
    symbolOpacity: 1,
    symbolSize: 90,
    columnPadding: 12,
    offset: 10,
  },
  text: { color: token('muted'), fontSize: 11 },
} as const;
