import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as madeUp from '../fixtures/made-up-charts.ts';
import * as madeUpLaws from '../fixtures/made-up-laws.ts';
import type { Chart } from './chart.ts';
import { forestChart } from './forest.ts';
import { lawChart } from './law.ts';
import { mapChart } from './map.ts';
import { MAP_STEPS, palettes, withColours } from './palette.ts';
import { renderSvg } from './render.ts';
import { trendChart } from './trend.ts';
import { tuningCurvesChart } from './tuning-curves.ts';

const charts: Readonly<Record<string, Chart>> = {
  tuning: madeUp.tuning,
  tunedLoss: madeUp.tunedLoss,
  drift: madeUp.drift,
  effects: madeUp.effects,
  winShares: madeUp.winShares,
  curves: madeUp.curves,
  ...madeUpLaws,
};

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('every chart', () => {
  const schema = join(
    import.meta.dirname,
    '../../../../node_modules/vega-lite/build/vega-lite-schema.json',
  );
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );

  for (const [name, chart] of Object.entries(charts)) {
    it(`${name} is valid vega-lite and draws in either size, theme and with tokens`, async () => {
      for (const size of ['wide', 'narrow'] as const) {
        const spec = chart.spec(size);
        expect(JSON.parse(JSON.stringify(spec)), 'plain JSON').toEqual(spec);
        validate(withColours(spec, 'light'));
        expect(validate.errors ?? []).toEqual([]);
        const tokens = await renderSvg(spec, { colours: 'tokens' });
        expect(tokens).toContain('var(--hl-ink)');
        expect(tokens).not.toMatch(/NaN|undefined|Infinity/);
        expect(await renderSvg(spec, { colours: 'tokens' })).toBe(tokens);
        const dark = await renderSvg(spec, { colours: 'dark' });
        expect(dark).not.toContain('var(');
        expect(dark).toContain(palettes.dark.ink);
        const width = Number(/width="([\d.]+)"/.exec(dark)?.[1]);
        // 720 and 328 px; text that stands over the edge is allowed 12 px.
        expect(width).toBeLessThan(size === 'wide' ? 732 : 340);
      }
    });

    it(`${name} names every field of its data`, () => {
      expect(Object.keys(chart.fields).length).toBeGreaterThan(2);
      for (const field of Object.keys(chart.fields)) {
        expect(chart.rows.some((row) => row[field] !== undefined)).toBe(true);
      }
    });
  }
});

describe('colours', () => {
  it('can be read on their paper', () => {
    for (const palette of Object.values(palettes)) {
      const { paper = '' } = palette;
      for (const name of ['ink', 'muted', 'supported', 'refuted', 'mixed', 'inconclusive']) {
        expect(contrast(palette[name] ?? '', paper), name).toBeGreaterThan(4.5);
      }
    }
  });

  it('order a series by lightness, away from the paper', () => {
    for (const [theme, sign] of [
      ['light', -1],
      ['dark', 1],
    ] as const) {
      for (const [name, count] of [
        ['ramp', 13],
        ['map', MAP_STEPS],
      ] as const) {
        const ramp = Array.from({ length: count }, (_, i) =>
          luminance(palettes[theme][`${name}-${i}`] ?? ''),
        );
        ramp.slice(1).forEach((value, i) => {
          expect(sign * (value - (ramp[i] ?? 0))).toBeGreaterThan(0);
        });
      }
    }
  });
});

describe('hostile and awkward data', () => {
  it('escapes names wherever they are drawn', async () => {
    const name = '</text><script>alert(1)</script>\'"]}{';
    const chart = forestChart({
      x: { title: name },
      rows: [{ label: name, effect: 1, low: 0, high: 2, verdict: 'mixed', group: name }],
    });
    for (const size of ['wide', 'narrow'] as const) {
      const svg = await renderSvg(chart.spec(size), { colours: 'light' });
      expect(svg).not.toContain('<script');
      expect(svg).toContain('&lt;script');
    }
    const points = [1, 2].map((x) => ({ x, y: 1, series: name, facet: name }));
    const faceted = tuningCurvesChart({
      x: { title: 'x' },
      y: { title: 'y' },
      series: { title: name },
      points,
    });
    const label = name;
    const law = lawChart({
      x: { title: name },
      y: { title: name },
      series: { title: name },
      theory: [{ label, points: [[1, 1]], band: { label, points: [[1, 0, 2]] }, facet: name }],
      measured: points,
      measuredLabel: name,
      rules: [{ axis: 'x', at: 1, label }],
    });
    const map = mapChart({
      x: { title: name },
      y: { title: name },
      value: { title: name },
      cells: [{ x: 1, y: 1, value: 1, facet: name }],
    });
    for (const chart of [faceted, law, map]) {
      expect(await renderSvg(chart.spec('wide'), { colours: 'light' })).not.toContain('<script');
    }
  });

  it('draws arms that all diverged, single points and unmeasured effects', async () => {
    const all = trendChart({
      x: { title: 'width' },
      y: { title: 'loss' },
      points: [8, 16].map((x) => ({ x, y: null })),
    });
    const one = trendChart({
      x: { title: 'width' },
      y: { title: 'loss' },
      points: [{ x: 8, y: 0.5 }],
    });
    const none = forestChart({
      x: { title: 'effect' },
      rows: [{ label: 'a', effect: null, verdict: 'inconclusive' }],
    });
    const axes = { x: { title: 'x' }, y: { title: 'y' } };
    const unmeasured = lawChart({ ...axes, theory: [{ points: [[0, 1]] }], measured: [] });
    const lost = lawChart({ ...axes, theory: [], measured: [{ x: 1, y: null }] });
    const value = { title: 'loss' };
    const grey = mapChart({ ...axes, value, cells: [{ x: 1, y: 1, value: null }] });
    const flat = mapChart({ ...axes, value, cells: [0, 1].map((x) => ({ x, y: 0, value: 2 })) });
    for (const chart of [all, one, none, unmeasured, lost, grey, flat]) {
      expect(await renderSvg(chart.spec('wide'), { colours: 'light' })).not.toMatch(/NaN/);
    }
  });

  it('refuses numbers that an axis cannot hold', () => {
    const at = (y: number) => () =>
      trendChart({ x: { title: 'x' }, y: { title: 'y' }, points: [{ x: 1, y }] }).spec('wide');
    expect(at(Number.NaN)).toThrow('unusable value: NaN (a finite number)');
    expect(at(-1)).toThrow('unusable value: -1 on a log10 axis (a finite, positive number)');
  });

  it('draws an interval that reaches below zero on a logarithmic axis', async () => {
    const points = [8, 16].map((x) => ({ x, y: 0.1, low: -0.05, high: 0.2 }));
    const chart = trendChart({ x: { title: 'x' }, y: { title: 'y' }, points });
    expect(await renderSvg(chart.spec('wide'), { colours: 'light' })).not.toMatch(/NaN|Infinity/);
  });
});
