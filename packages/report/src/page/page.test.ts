import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeVerdict } from '../files/verdict-file.ts';
import { winShares } from '../fixtures/made-up-charts.ts';
import { madeUpPage, madeUpVerdict } from '../fixtures/made-up-page.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import type { Page } from './page.ts';
import { plainText, renderText } from './rich-text.ts';
import { writeAssets } from './write-assets.ts';
import { writeIndex } from './write-index.ts';
import { renderPage, writePage } from './write-page.ts';

let reports: string;
beforeAll(async () => {
  reports = await mkdtemp(join(tmpdir(), 'hyperlaw-page-'));
});
afterAll(() => rm(reports, { recursive: true, force: true }));

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'</script><!--';
const small: Page = {
  ...madeUpPage,
  figures: [{ id: 'shares', title: 'Shares', caption: 'c', chart: winShares }],
};

describe('escaping', () => {
  it('leaves no character that could end its place', () => {
    expect(escapeHtml('<a href="x">&\'')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;');
    const json = scriptJson({ text: '</script><!-- \u2028 &' });
    expect(json).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(json)).toEqual({ text: '</script><!-- \u2028 &' });
  });
});

describe('rich text', () => {
  it('knows TeX, code, emphasis and links, and nothing else', () => {
    expect(renderText('`a<b` *very* [here](https://example.org/?a=1&b=2)')).toBe(
      '<code>a&lt;b</code> <em>very</em> <a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">here</a>',
    );
    expect(renderText('$\\eta^2$')).toContain('class="katex"');
    expect(renderText('5 \\$ and 95 %')).toBe('5 $ and 95\u202f%');
    expect(renderText('[x](javascript:alert(1))')).not.toContain('href');
    expect(plainText('the $\\eta$ of `x`')).toBe('the \\eta of x');
  });

  it('never throws on faulty TeX and lets none load, link or run', () => {
    for (const tex of [
      '$\\frac{$',
      '$\\href{javascript:alert(1)}{x}$',
      '$\\includegraphics{http://x/y.png}$',
      '$<img src=x onerror=alert(1)>$',
    ]) {
      const html = renderText(tex);
      expect(html).not.toMatch(/<img|<a |<script|href=/);
    }
    expect(renderText('$\\def\\a{\\a\\a}\\a$')).toContain('katex-error');
  });
});

describe('renderPage', () => {
  it('escapes every text that a suite, a task or a machine could bring', async () => {
    const verdict = {
      ...madeUpVerdict,
      question: { id: HOSTILE, slug: HOSTILE, text: HOSTILE },
      statement: HOSTILE,
      profile: HOSTILE,
      claims: madeUpVerdict.claims.map((claim) => ({
        ...claim,
        name: HOSTILE,
        task: HOSTILE,
        test: HOSTILE,
        unit: HOSTILE,
        note: HOSTILE,
      })),
      arms: madeUpVerdict.arms.map((arm) => ({
        ...arm,
        task: HOSTILE,
        parameterization: HOSTILE,
        shape: { [HOSTILE]: HOSTILE },
        knobs: { [HOSTILE]: 1 },
      })),
      provenance: {
        ...madeUpVerdict.provenance,
        commit: HOSTILE,
        device: { kind: HOSTILE, name: HOSTILE },
        versions: { [HOSTILE]: HOSTILE },
        startedAt: HOSTILE,
        data: [{ name: HOSTILE, sha256: '0'.repeat(64) }],
      },
    };
    const html = await renderPage({
      ...small,
      verdict,
      title: HOSTILE,
      introduction: [HOSTILE],
      figures: [
        {
          id: 'shares',
          title: HOSTILE,
          caption: HOSTILE,
          chart: { ...winShares, rows: [{ label: HOSTILE }] },
        },
      ],
      method: [HOSTILE],
      decisionRule: [HOSTILE],
      caveats: [HOSTILE],
      command: HOSTILE,
    });
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    // One early script, four with an address, one with data.
    expect(html.match(/<script/g)).toHaveLength(6);
  });

  it('reads without a script: verdict, numbers and pictures are in the page', async () => {
    const html = await renderPage(small);
    expect(html).toContain('−0.42 [−0.46, −0.38]');
    expect(html.match(/<svg[^>]*class="marks"/g)).toHaveLength(2);
    for (const id of [
      'claims',
      'method',
      'decision-rule',
      'caveats',
      'arms',
      'compute',
      'provenance',
      'reproduce',
    ]) {
      expect(html).toContain(`id="${id}"`);
    }
    expect(html).not.toMatch(/(?:src|href)="https?:\/\/(?!www\.jstor)/);
  });

  it('is the same for the same data', async () => {
    expect(await renderPage(small)).toBe(await renderPage(small));
  });
});

describe('writePage', () => {
  it('refuses names that could leave the reports folder', async () => {
    for (const suite of ['../evil', 'a/b', '', '.', '<b>', 'A']) {
      await expect(
        writePage(reports, { ...small, verdict: { ...madeUpVerdict, suite } }),
      ).rejects.toThrow('/suite');
    }
    const [figure] = small.figures;
    const figures = [{ ...(figure as Page['figures'][number]), id: '../../evil' }];
    await expect(writePage(reports, { ...small, figures })).rejects.toThrow(
      'unknown figure name: "../../evil"',
    );
    expect(await readdir(reports)).toEqual([]);
  });

  it('writes the page with its figures as files, and no file of an earlier page stays', async () => {
    const stale = join(reports, 'made-up', 'figures', 'stale.svg');
    await mkdir(join(reports, 'made-up', 'figures'), { recursive: true });
    await writeFile(stale, '');
    const path = await writePage(reports, small);
    expect(path).toBe(join(reports, 'made-up', 'index.html'));
    expect((await readdir(join(reports, 'made-up'))).sort()).toEqual([
      'figures',
      'index.html',
      'thumbnail-dark.svg',
      'thumbnail.svg',
    ]);
    expect(await readdir(join(reports, 'made-up', 'figures'))).toEqual([
      'shares-dark.svg',
      'shares.svg',
    ]);
  });
});

describe('writeIndex', () => {
  it('lists suites with their verdicts, and unreadable ones with the reason', async () => {
    await writeVerdict(reports, { ...madeUpVerdict, statement: `${HOSTILE} said.` });
    await mkdir(join(reports, '<b>odd'), { recursive: true });
    await writeFile(join(reports, '<b>odd', 'verdict.json'), '{');
    const html = await readFile(await writeIndex(reports), 'utf8');
    expect(html).toContain('href="made-up/index.html"');
    expect(html).toContain('src="made-up/thumbnail.svg"');
    expect(html).toContain('&lt;b&gt;odd');
    expect(html).toContain('cannot read');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<b>');
  });
});

describe('writeAssets', () => {
  it('brings scripts, style and fonts, and leaves unchanged files alone', async () => {
    await writeAssets(reports);
    const assets = join(reports, 'assets');
    expect((await readdir(assets)).sort()).toEqual([
      'katex',
      'report.css',
      'report.js',
      'vega-embed.min.js',
      'vega-lite.min.js',
      'vega.min.js',
    ]);
    const fonts = await readdir(join(assets, 'katex', 'fonts'));
    expect(fonts.length).toBeGreaterThan(15);
    expect(fonts.every((name) => name.endsWith('.woff2'))).toBe(true);
    expect(await readFile(join(assets, 'report.css'), 'utf8')).toContain('--hl-ramp-12:');
  });
});
