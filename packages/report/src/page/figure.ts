import type { ChartSize } from '../charts/chart.ts';
import { renderSvg } from '../charts/render.ts';
import { safeName } from '../files/safe-name.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { figureData } from './figure-data.ts';
import { leanSvg } from './lean-svg.ts';
import type { Figure } from './page.ts';
import { plainText, renderText } from './rich-text.ts';

/** A drawn figure, one SVG a size, colours left as CSS variables. */
async function drawn(figure: Figure, size: ChartSize): Promise<string> {
  const svg = await renderSvg(figure.chart.spec(size), { colours: 'tokens' });
  // Pictures of a page must not meet each other's clips, nor those of live figures.
  const visible = leanSvg(svg).replace(
    /(?<=id="|url\(#)clip(?=\d)/g,
    () => `${figure.id}-${size}-`,
  );
  const label = escapeHtml(plainText(figure.title));
  return `<div class="plot plot-${size}" data-size="${size}" role="img" aria-label="${label}">${visible}</div>`;
}

/** A figure of a page: still pictures that need no script, and the data from which a script draws live ones. */
export async function renderFigure(
  figure: Figure,
  { number, suite }: { readonly number: number; readonly suite: string },
): Promise<string> {
  const id = safeName(figure.id, 'figure');
  const { rows, fields, spec } = figure.chart;
  const data = {
    file: `${suite}-${id}`,
    ...figureData({ rows, fields, wide: spec('wide'), narrow: spec('narrow') }),
  };
  return `<figure id="figure-${id}">
<div class="figure-title"><span>Figure ${number}</span> ${renderText(figure.title)}</div>
${await drawn(figure, 'wide')}
${await drawn(figure, 'narrow')}
<figcaption>${renderText(figure.caption)}</figcaption>
<script type="application/json" class="figure-data">${scriptJson(data)}</script>
</figure>`;
}
