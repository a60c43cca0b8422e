import { describe, expect, it } from 'vitest';
import { renderSvg } from './render.ts';
import { type TuningCurves, tuningCurvesChart } from './tuning-curves.ts';

/** Labels of the vertical axes of a task with losses of about 1 and of one with losses of about 100. */
async function ticksOf(range: NonNullable<TuningCurves['range']>): Promise<readonly string[]> {
  const points = [1, 100].flatMap((scale) =>
    [1, 2, 4, 8].map((x) => ({ x, y: scale * (1 + x / 8), series: 'net', facet: `task ${scale}` })),
  );
  const axes = { x: { title: 'learning rate' }, y: { title: 'loss' }, series: { title: 'net' } };
  const chart = tuningCurvesChart({ ...axes, points, range });
  const svg = await renderSvg(chart.spec('wide'), { colours: 'light' });
  return [...svg.matchAll(/text-anchor="end"[^>]*>([^<]*)</g)].map(([, label]) => label ?? '');
}

describe('tuningCurvesChart', () => {
  it('draws panels on one vertical range, so that heights compare, or each on its own', async () => {
    const shared = await ticksOf('shared');
    expect(shared.slice(shared.length / 2)).toEqual(shared.slice(0, shared.length / 2));
    const own = (await ticksOf('own')).map(Number);
    expect(own.every((tick) => tick < 3 || tick > 90)).toBe(true);
    expect(own.length).toBeGreaterThan(4);
  });
});
