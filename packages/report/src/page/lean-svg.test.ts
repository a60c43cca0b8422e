import { describe, expect, it } from 'vitest';
import { renderSvg } from '../charts/render.ts';
import { madeUpPage } from '../fixtures/made-up-page.ts';
import { leanSvg } from './lean-svg.ts';
import { figuresOf } from './page-parts.ts';

const svgs = await Promise.all(
  figuresOf(madeUpPage).map(({ chart }) => renderSvg(chart.spec('wide'), { colours: 'tokens' })),
);

describe('a lean picture', () => {
  it('has every text and every mark that is seen, in far fewer letters', () => {
    const texts = (svg: string) => svg.match(/>[^<>]+<\/text>/g);
    const strokes = (svg: string) => svg.match(/stroke="var/g)?.length;
    for (const svg of svgs) {
      const lean = leanSvg(svg);
      expect(texts(lean)).toEqual(texts(svg));
      expect(strokes(lean)).toBe(strokes(svg.replace(/<path [^<>]*\bopacity="0"[^<>]*\/>/g, '')));
      expect(lean.length).toBeLessThan(0.8 * svg.length);
      expect(leanSvg(lean)).toBe(lean);
    }
  });

  it('moves nothing by more than half a hundredth of a pixel', () => {
    const lean = leanSvg(
      '<svg><path d="M0.126,-1.0049e-3L12,3.5Z" transform="translate(1.2345,0)"/></svg>',
    );
    expect(lean).toBe('<svg><path d="M0.13,0L12,3.5Z" transform="translate(1.23,0)"/></svg>');
  });

  it('says nothing that goes without saying', () => {
    const mark = (more: string) => `<svg><path d="M0,0h1"${more}/></svg>`;
    expect(leanSvg(mark(' opacity="1" stroke="red" stroke-width="1"'))).toBe(mark(' stroke="red"'));
    const own = mark(' opacity="0.5" stroke="red" stroke-width="1.5" text-anchor="end"');
    expect(leanSvg(own)).toBe(own);
  });

  it('keeps backgrounds that are seen, and fonts that differ', () => {
    const seen = '<path d="M0,0h1v1Z" fill="var(--hl-panel)"/>';
    expect(leanSvg(`<path class="background"${seen.slice(5)}`)).toBe(seen);
    const fonts = '<svg><text font-family="a">x</text><text font-family="b">y</text></svg>';
    expect(leanSvg(fonts)).toBe(fonts);
    expect(leanSvg('<svg><text font-family="a">x</text></svg>')).toBe(
      '<svg font-family="a"><text>x</text></svg>',
    );
  });
});
