import { describe, expect, it } from 'vitest';
import { lawChart } from './law.ts';
import { lawDomain } from './law-domain.ts';
import { renderSvg } from './render.ts';
import { warpOf } from './warp.ts';

const warp = warpOf({}, 'linear');
const measured = [0, 1].map((y) => ({ kind: 'measured', x: y, y }));
const domain = (points: readonly (readonly [number, number])[], rows = measured) =>
  lawDomain({ given: undefined, measured: rows, theory: [{ points }], rules: [], warp, strip: 0 });

describe('lawDomain', () => {
  it('holds the measurements whole, and of theory no more than half their span beyond', () => {
    const [low, high] = domain([
      [0, -100],
      [1, 1.2],
    ]);
    expect(low).toBeCloseTo(-0.5 - 0.07 * 1.7, 12);
    expect(high).toBeCloseTo(1.2 + 0.07 * 1.7, 12);
  });

  it('holds all of theory where nothing was measured', () => {
    const [low, high] = domain([[0, -100]], []);
    expect(low).toBeLessThan(-100);
    expect(high).toBeGreaterThan(-100);
  });
});

describe('lawChart', () => {
  const axes = { x: { title: 'x' }, y: { title: 'y' } };

  it('keeps theory whole in its data, though the figure cuts it', () => {
    const points = [0, 1, 2].map((x) => [x, 10 ** (3 * x)] as const);
    const chart = lawChart({ ...axes, theory: [{ points }], measured: [{ x: 0, y: 1 }] });
    expect(chart.rows.filter(({ kind }) => kind === 'theory').map(({ y }) => y)).toEqual([
      1, 1e3, 1e6,
    ]);
  });

  it('tells theory from measurements in its key, and draws what lies beyond a given range', async () => {
    const chart = lawChart({
      x: { title: 'x' },
      y: { title: 'y', domain: [0, 1] },
      theory: [
        { points: [[0, 0.5]], label: 'infinite width' },
        { points: [[0, 0.2]], label: 'first order', stroke: 'dashed' },
      ],
      measured: [
        { x: 0, y: 0.5, low: 0.4, high: 0.6 },
        { x: 1, y: 7 },
        { x: 2, y: -7 },
      ],
    });
    const svg = await renderSvg(chart.spec('wide'), { colours: 'tokens' });
    for (const words of ['infinite width', 'first order', 'measured, with interval']) {
      expect(svg).toContain(words);
    }
    const marks = JSON.stringify(chart.spec('wide'));
    expect(marks).toContain('triangle-up');
    expect(marks).toContain('triangle-down');
  });

  it('names points without intervals apart from those that have one', async () => {
    const keyed = async (measuredLabel: { readonly measuredLabel?: string }) => {
      const measured = [
        { x: 0, y: 0.5, low: 0.4, high: 0.6 },
        { x: 1, y: 0.5 },
      ];
      const chart = lawChart({ ...axes, theory: [], measured, ...measuredLabel });
      const svg = await renderSvg(chart.spec('wide'), { colours: 'light' });
      return [...svg.matchAll(/>((?:measured|optimum)[^<]*)</g)].map(([, name]) => name);
    };
    expect(await keyed({})).toEqual(['measured', 'measured, with interval']);
    expect(await keyed({ measuredLabel: 'optimum' })).toEqual(['optimum']);
  });

  it('shows theory without a facet in every panel', () => {
    const chart = lawChart({
      ...axes,
      theory: [{ points: [0, 1].map((x) => [x, x] as const), label: 'everywhere' }],
      measured: ['a', 'b', 'c'].map((facet) => ({ x: 1, y: 1, facet })),
    });
    const { concat } = chart.spec('wide') as { concat: readonly unknown[] };
    expect(concat).toHaveLength(3);
    for (const panel of concat) expect(JSON.stringify(panel)).toContain('everywhere');
  });
});
