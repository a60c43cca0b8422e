import { describe, expect, it } from 'vitest';
import { madeUpLawPage } from '../fixtures/made-up-law-page.ts';
import { madeUpPage } from '../fixtures/made-up-page.ts';
import type { Claim } from '../verdict.ts';
import { lawWord, sectionWord } from './law-mark.ts';
import type { Page, Section } from './page.ts';
import { placeSections } from './page-parts.ts';
import { renderPage } from './write-page.ts';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
const [first, second] = madeUpLawPage.sections ?? [];
const sections: readonly Section[] = (madeUpLawPage.sections ?? []).map((section) => ({
  ...section,
  figures: [],
}));
const bare: Page = { ...madeUpLawPage, sections };
const text = (html: string): string =>
  html.replace(/<annotation[\s\S]*?<\/annotation>/g, '').replace(/<[^>]+>/g, ' ');

describe('whether a law holds', () => {
  it('has a word for every verdict, and one for what was not measured', () => {
    expect(lawWord('supported', 1)).toBe('holds');
    expect(lawWord('refuted', 1)).toBe('fails');
    expect(lawWord('mixed', 1)).toBe('holds in part');
    expect(lawWord('inconclusive', 1)).toBe('undecided');
    expect(lawWord('inconclusive', null)).toBe('not measured');
    const [claim] = madeUpLawPage.verdict.claims as readonly [Claim];
    expect(sectionWord('inconclusive', [claim])).toBe('undecided');
    expect(sectionWord('inconclusive', [{ ...claim, effect: null }])).toBe('not measured');
    // A law may be judged without a number.
    expect(sectionWord('supported', [{ ...claim, effect: null }])).toBe('holds');
  });
});

describe('a page of laws', () => {
  it('begins with a table that leads to its sections', async () => {
    const html = await renderPage(bare);
    const table = html.slice(html.indexOf('laws-all'), html.indexOf('class="sections"'));
    for (const { id } of sections) {
      expect(table).toContain(`href="#${id}"`);
      expect(html).toContain(`<section class="law" id="${id}"`);
      expect(html).toContain(`class="contents-link" href="#${id}"`);
    }
    const words = text(table).replace(/\s+/g, ' ');
    expect(words).toContain('25.2 22.1 [21.4, 22.8] layers ± 2 ◆ fails');
    expect(words).toContain('○ not measured');
    expect(words).toContain('■ holds in part');
    expect(text(html).replace(/\s+/g, ' ')).toContain(
      '● 2 hold ■ 1 holds in part ◆ 1 fails ▲ 1 undecided',
    );
  });

  it('shows the first claims of a section at its top, and counts the rest by how they came out', async () => {
    const many = sections.find(({ claims = [] }) => claims.length > 1) as Section;
    const html = await renderPage({ ...bare, sections: [{ ...many, headlines: 1 }] });
    const table = html.slice(html.indexOf('laws-all'), html.indexOf('class="sections"'));
    const [shown, hidden] = many.claims as readonly { name: string }[];
    const plain = ({ name = '' } = {}) => (name.split('$')[0] as string).trim();
    expect(table).toContain(plain(shown));
    expect(text(table)).toMatch(/and \d+ more in the section/);
    const section = html.slice(html.indexOf('class="sections"'));
    expect(section).toContain(plain(hidden));
  });

  it('counts figures through its sections', async () => {
    const html = await renderPage({ ...bare, sections: [first, second] as readonly Section[] });
    expect([...html.matchAll(/<span>(Figure \d)<\/span>/g)].map(([, name]) => name)).toEqual([
      'Figure 1',
      'Figure 2',
      'Figure 3',
    ]);
  });

  it('tables claims without a prediction apart, and laws of no section with the rest', async () => {
    const html = await renderPage({
      ...bare,
      verdict: {
        ...bare.verdict,
        claims: [
          ...bare.verdict.claims,
          ...madeUpPage.verdict.claims.slice(0, 1),
          { ...(bare.verdict.claims[0] as Claim), name: 'A law of no section' },
        ],
      },
    });
    expect(html).toContain('Other claims');
    expect(html.slice(html.indexOf('laws-all'), html.indexOf('Other claims'))).toContain(
      'A law of no section',
    );
  });

  it('escapes all that sections bring', async () => {
    const html = await renderPage({
      ...bare,
      verdict: {
        ...bare.verdict,
        claims: bare.verdict.claims.map((claim) => ({
          ...claim,
          predicted: HOSTILE,
          tolerance: HOSTILE,
          test: HOSTILE,
          task: HOSTILE,
          note: HOSTILE,
        })),
      },
      sections: sections.map((section) => ({
        ...section,
        title: HOSTILE,
        law: HOSTILE,
        text: [HOSTILE],
        claims: (section.claims ?? []).map(({ name }) => ({ name, task: HOSTILE })),
      })),
    });
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
  });

  it('refuses ids that are taken, repeated or unsafe, and claims that the verdict lacks', () => {
    const [one] = sections as readonly [Section];
    const place = (changed: readonly Section[]) => () =>
      placeSections({ ...bare, sections: changed });
    expect(place([{ ...one, id: 'method' }])).toThrow('unusable section id: method');
    expect(place([one, one])).toThrow('unusable section id: order-and-chaos');
    expect(place([{ ...one, id: '"x' }])).toThrow('unknown section name');
    expect(place([{ ...one, claims: [{ name: 'no such', task: null }] }])).toThrow(
      'unknown claim of section order-and-chaos: no such',
    );
  });

  it('refuses two figures of one name', async () => {
    const twice = { ...madeUpLawPage, sections: [first, { ...first, id: 'again' }] } as Page;
    await expect(renderPage(twice)).rejects.toThrow('repeated figure id: phases');
  });
});
