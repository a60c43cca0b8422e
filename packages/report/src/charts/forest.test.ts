import { describe, expect, it } from 'vitest';
import type { VerdictWord } from '../verdict.ts';
import { forestChart } from './forest.ts';
import { renderSvg } from './render.ts';

/** The texts of a figure of one effect at 0.5. */
async function textsOf(verdict: VerdictWord, margins: readonly number[] = []) {
  const rows = [{ label: 'task', effect: 0.5, low: 0.4, high: 0.6, verdict }];
  const chart = forestChart({ x: { title: 'effect' }, margins, rows });
  const svg = await renderSvg(chart.spec('wide'), { colours: 'light' });
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
}

describe('forestChart', () => {
  it('tells what colours mean wherever a verdict was reached', async () => {
    expect(await textsOf('refuted')).toContain('refuted');
    expect(await textsOf('inconclusive')).not.toContain('inconclusive');
  });

  it('reaches to its margins and names them', async () => {
    expect(await textsOf('refuted')).not.toContain('margin');
    const texts = await textsOf('inconclusive', [-2, 2]);
    for (const text of ['margin', '−2', '2']) expect(texts).toContain(text);
  });
});
