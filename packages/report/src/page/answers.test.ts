import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateVerdict, writeVerdict } from '../files/verdict-file.ts';
import { tunedLoss, winShares } from '../fixtures/made-up-charts.ts';
import { madeUpPage, madeUpVerdict } from '../fixtures/made-up-page.ts';
import type { Verdict } from '../verdict.ts';
import type { Page } from './page.ts';
import { writeIndex } from './write-index.ts';
import { writePage } from './write-page.ts';

let reports: string;
beforeAll(async () => {
  reports = await mkdtemp(join(tmpdir(), 'hyperlaw-answers-'));
});
afterAll(() => rm(reports, { recursive: true, force: true }));

const question = { id: 'oq-0-1', slug: 'further', text: 'And is a <deeper> one?' };
const [first, second] = madeUpVerdict.claims as [
  Verdict['claims'][number],
  Verdict['claims'][number],
];
const verdict: Verdict = {
  ...madeUpVerdict,
  further: [{ question, verdict: 'refuted', statement: 'Made-up data: it is not.' }],
  claims: [
    { ...first, name: 'about width' },
    { ...second, name: 'about depth', question: question.id },
  ],
};
const figure = { title: 'A figure', caption: 'c' };
const page: Page = {
  ...madeUpPage,
  verdict,
  figures: [
    { ...figure, id: 'width', chart: winShares },
    { ...figure, id: 'depth', chart: tunedLoss, question: question.id },
  ],
};

describe('a verdict with further answers', () => {
  it('is what the schema takes, and so is one without', () => {
    expect(validateVerdict(verdict)).toBe(verdict);
    expect(validateVerdict(madeUpVerdict)).toBe(madeUpVerdict);
    const wrong = { ...verdict, further: [{ question, verdict: 'refuted' }] };
    expect(() => validateVerdict(wrong)).toThrow(/\/further\/0 must have required property/);
  });

  it('has every answer at the top, and claims and figures under their own question', async () => {
    const html = await readFile(await writePage(reports, page), 'utf8');
    const at = (text: string) => {
      const place = html.indexOf(text);
      expect(place, text).toBeGreaterThan(0);
      return place;
    };
    expect(html.match(/class="banner"/g)).toHaveLength(2);
    const order = [
      ...['Made-up data: it is not.', 'id="answer-1"', 'about width', 'id="figure-width"'],
      ...['id="answer-2"', 'about depth', 'id="figure-depth"', 'id="method"'],
    ].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(html).not.toContain('<deeper>');
  });

  it('has a card in the index for every answer, with its own first figure', async () => {
    await writeVerdict(reports, verdict);
    await writePage(reports, page);
    const html = await readFile(await writeIndex(reports), 'utf8');
    expect(html.match(/<article class="card"/g)).toHaveLength(2);
    expect(html).toContain('made-up/index.html#answer-2');
    expect(html).toContain('made-up/thumbnail-2.svg');
    const svg = (name: string) => readFile(join(reports, 'made-up', name), 'utf8');
    expect(await svg('thumbnail-2.svg')).toBe(await svg('figures/depth.svg'));
    expect(await svg('thumbnail.svg')).toBe(await svg('figures/width.svg'));
    expect(existsSync(join(reports, 'made-up', 'thumbnail-2-dark.svg'))).toBe(true);
  });
});
