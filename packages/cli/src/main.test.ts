import { scheduleKinds } from '@hyperlaw/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from './main.ts';
import { madeUpContext } from './testing/made-up-context.ts';
import {
  addLabSuite,
  addTinySuite,
  type TemporaryHouse,
  temporaryHouse,
} from './testing/temporary-house.ts';
import { UsageError } from './usage-error.ts';

describe('main', () => {
  let house: TemporaryHouse;
  beforeAll(() => {
    house = temporaryHouse();
    addTinySuite(house);
    house.write('suites/broken/src/suite.ts', 'export const suit = {};\n');
  });
  afterAll(() => house.remove());

  it.each([
    [
      'frobnicate',
      'unknown command: frobnicate (run, report, collect, table, serve, list, bench, selftest, doctor, describe)',
    ],
    ['', 'unknown command:'],
    ['run', 'missing suite (see hyperlaw --help)'],
    ['run wide', 'unknown suite: wide (broken, tiny)'],
    ['run ../tiny', 'unknown suite: ../tiny (broken, tiny)'],
    ['run <script>', 'unknown suite: <script> (broken, tiny)'],
    ['report wide', 'unknown suite: wide (broken, tiny)'],
    ['run tiny --profile fast', 'unknown profile: fast (smoke, standard, full)'],
    ['run tiny --device tpu', 'unknown device: tpu (auto, cpu, webgpu, cuda, tensorflow)'],
    ['run tiny --estimate --budget 1s', 'option without effect: --budget (with --estimate)'],
    ['run tiny --budget 600h', 'unknown budget: 600h (at most 576h)'],
    ['run tiny --workers -1', 'unknown number of workers: -1 (an integer from 1 to 64)'],
    ['serve --port 99999', 'unknown port: 99999 (an integer from 0 to 65535)'],
    ['doctor now', 'unknown word: now (none)'],
    ['describe --width -3', 'unknown width: -3 (a positive integer)'],
    ['describe --activation relo', 'unknown activation: relo (relu, '],
    ['describe --learning-rate -1', 'unknown learningRate: -1 (a number from 0 up)'],
    ['describe --beta1 0.5', 'unknown option: --beta1 (--model, '],
    ['describe --initial-scale 2', 'unknown option: --initial-scale (--model, '],
    ['describe --model cnn', 'unknown model: cnn (mlp, '],
    ['describe --placement pre', 'option without effect: --placement (with mlp)'],
    ['describe --strength 0.5', 'option without effect: --strength (with norm none)'],
    ['describe --norm group', 'unknown norm: group (none, layer, rms, batch, dynamic-tanh)'],
    ['describe --norm layer --every 4', 'unknown every: 4 (at most 3, or no norm stands anywhere)'],
    ['describe --model transformer --norm batch', 'unknown norm of a transformer: batch (none, '],
    ['describe --model conv-net --side 4 --pools 3', 'unknown pools: 3 (0 to 2, at depth 3 and '],
    ['describe --heads 2', 'option without effect: --heads (with mlp)'],
    ['describe --model transformer --heads 3', 'unknown head size: 42.6'],
    ['describe --base-depth 2', 'missing depth rule (none, sqrt, inverse, completep)'],
    ['describe --active 2', 'option without effect: --active (with no --experts)'],
    ['describe --base-active 2', 'missing rule of experts (router-as-output, '],
    [
      'describe --experts 4 --active 5',
      'unknown number of active experts: 5 (1 to 4, the number of experts)',
    ],
  ])('%s is bad usage, said in one line', async (words, line) => {
    const attempt = main(words.split(' '), madeUpContext({ cwd: house.folder }));
    await expect(attempt).rejects.toThrow(line);
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.not.toThrow('\n');
  });

  it('says what a suite without a declaration lacks', async () => {
    const attempt = main(['run', 'broken'], madeUpContext({ cwd: house.folder }));
    await expect(attempt).rejects.toThrow(
      'cannot load suite broken: its src/suite.ts exports none',
    );
  });

  it('describes the tensors of μP, the base width being where it is SP', async () => {
    const context = madeUpContext();
    const words = 'describe --width 256 --base-width 64 --depth 1 --learning-rate 0.1';
    expect(await main(words.split(' '), context)).toBe(0);
    // Table 9 of 2203.03466: at four times the base width the readout's multiplier is 4^-1/2.
    expect(context.written()).toMatch(/output\.weight +output +256 × 1 +\S+ +0\.5 +0\.1 /);
  });

  it('says when a parameterization has no effect', async () => {
    const context = madeUpContext();
    await main(['describe', '--parameterization', 'mup'], context);
    expect(context.written().trimEnd().split('\n').at(-1)).toMatch(/base width/);
  });

  it('describes residual blocks under a depth rule', async () => {
    const context = madeUpContext();
    const words =
      'describe --model residual-mlp --depth 16 --depth-rule completep --base-depth 4 --base-width 32 --norm layer --gains --optimizer adam';
    expect(await main(words.split(' '), context)).toBe(0);
    expect(context.written()).toMatch(
      /^block16\.end\.weight +hidden \(branch-end\) .* 0\.25 +0\.25 /m,
    );
    expect(context.written()).toMatch(/^block1\.norm\.gain +norm-gain \(branch\) +1 × 128 +all /m);
    expect(context.written()).not.toContain('no effect');
  });

  it('describes a transformer, a tied readout with its own multiplier', async () => {
    const context = madeUpContext();
    const words =
      'describe --model transformer --width 64 --base-width 16 --depth 1 --readout tied --classes 90 --form normal';
    expect(await main(words.split(' '), context)).toBe(0);
    expect(context.written()).toMatch(/^embedding\.weight +output +90 × 64 +0\.25 +0\.25 +4 /m);
    expect(context.written()).toMatch(/^layer1\.attention\.query\.weight +hidden \(branch\) /m);
  });

  it('describes a mixture of experts under a rule', async () => {
    const context = madeUpContext();
    const words =
      'describe --width 64 --base-width 16 --depth 2 --experts 8 --active 4 --gate sigmoid --load-balance 0.1 --experts-rule all-scaling --base-experts 2 --base-active 2 --optimizer adam --epsilon 1';
    expect(await main(words.split(' '), context)).toBe(0);
    const written = context.written();
    // Deviation 1/8, rate 1/4 and ε 1/4: a fan-in of 64, four times the base width, four times the experts.
    expect(written).toMatch(/^hidden1\.router\.weight +router +64 × 8 +0\.125 +1 +0\.25 +0\.25 /m);
    expect(written).toMatch(
      /^hidden1\.inner\.weight +expert-up +64 × 512 +0\.125 +1 +0\.25 +0\.0625 /m,
    );
    // Gates times k₀/k are in the multiplier of the second map.
    expect(written).toMatch(/^hidden1\.end\.weight +expert-down +512 × 64 +0\.125 +0\.5 /m);
  });

  it('describes norms and what replaces them', async () => {
    const context = madeUpContext();
    const words =
      'describe --model residual-mlp --depth 2 --norm dynamic-tanh --every 2 --branch-gain scalar --weights normalised --init-scale 3 --optimizer lars';
    expect(await main(words.split(' '), context)).toBe(0);
    const written = context.written();
    expect(written).toMatch(/^block2\.norm\.slope +norm-slope \(branch\) +1 × 1 +all 0\.5 /m);
    expect(written).not.toContain('block1.norm');
    expect(written).toMatch(/^block1\.gain +branch-gain \(branch-end\) +1 × 1 +0 /m);
    expect(written).toMatch(/^block1\.end\.weight-gain +weight-gain .* all 3 +1 +1 /m);
    expect(written).toMatch(/^block1\.end\.weight +hidden .* 0\.001 /m);
  });

  it('describes a convolutional net, its fan-in nine pixels', async () => {
    const context = madeUpContext();
    const words =
      'describe --model conv-net --width 16 --base-width 4 --channels 3 --side 8 --norm batch --optimizer adam';
    expect(await main(words.split(' '), context)).toBe(0);
    expect(context.written()).toMatch(/^input\.weight +input +27 × 16 /m);
    expect(context.written()).toMatch(/^hidden2\.weight +hidden +144 × 16 +0\.08333 +1 +0\.25 /m);
  });

  it('says when a depth rule has no effect', async () => {
    const context = madeUpContext();
    await main(['describe', '--base-width', '2', '--depth-rule', 'sqrt'], context);
    expect(context.written()).toContain('sqrt has no effect: this model has no residual branches');
  });

  it.each(scheduleKinds)('describes under the schedule %s', async (kind) => {
    expect(await main(['describe', '--schedule', kind], madeUpContext())).toBe(0);
  });

  it('refuses a suite whose name is not its folder', async () => {
    house.write('suites/zebra/src/suite.ts', 'export const suite = { name: "horse" };\n');
    const attempt = main(['run', 'zebra'], madeUpContext({ cwd: house.folder }));
    await expect(attempt).rejects.toThrow('exports a suite named horse');
  });

  it('serves the reports until it is interrupted', async () => {
    house.write('reports/keep', '');
    const controller = new AbortController();
    const context = madeUpContext({ cwd: house.folder, signal: controller.signal });
    const serving = main(['serve', '--port', '0'], context);
    await expect
      .poll(context.written, { timeout: 10_000 })
      .toContain('reports at http://127.0.0.1:');
    const url = /http:\S+/.exec(context.written())?.[0] ?? '';
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${url}../package.json`)).status).toBe(404);
    controller.abort();
    expect(await serving).toBe(0);
  });

  it('lists the suites with what they found', async () => {
    const tidy = temporaryHouse();
    addTinySuite(tidy);
    const context = madeUpContext({ cwd: tidy.folder });
    expect(await main(['list'], context)).toBe(0);
    expect(context.written()).toBe('tiny  Is <tiny> enough? [none] not run yet\n');
    tidy.remove();
  });

  it('lists the other suites where one cannot be loaded', async () => {
    const tidy = temporaryHouse();
    addTinySuite(tidy);
    tidy.write('suites/broken/src/suite.ts', 'export const other = 1;\n');
    const context = madeUpContext({ cwd: tidy.folder });
    expect(await main(['list'], context)).toBe(1);
    expect(context.written()).toBe('tiny    Is <tiny> enough? [none] not run yet\n');
    expect(context.complaints()).toContain(
      'cannot load suite broken: its src/suite.ts exports none',
    );
    tidy.remove();
  });

  it('lists the other suites where a verdict is torn', async () => {
    const tidy = temporaryHouse();
    addTinySuite(tidy);
    addLabSuite(tidy);
    tidy.write('reports/lab/verdict.json', '{"suite":"la');
    const context = madeUpContext({ cwd: tidy.folder });
    expect(await main(['list'], context)).toBe(1);
    expect(context.written()).toBe('tiny  Is <tiny> enough? [none] not run yet\n');
    expect(context.complaints()).toContain('reports/lab/verdict.json');
    tidy.remove();
  });

  it('says its version', async () => {
    const context = madeUpContext({});
    expect(await main(['--version'], context)).toBe(0);
    expect(context.written()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('lists devices and data', async () => {
    const context = madeUpContext({ env: { HYPERLAW_DATA: '/nowhere' } });
    expect(await main(['doctor'], context)).toBe(0);
    expect(context.written()).toMatch(/^ {2}cpu +yes; ONNX Runtime .* GFLOP\/s$/m);
    expect(context.written()).toMatch(/^ {2}cuda +/m);
    expect(context.written()).toMatch(/^ {2}typescript-bytes +yes$/m);
    expect(context.written()).toMatch(/^ {2}mnist +not yet; downloaded when /m);
  });

  it('reads the data that is there, and says what is wrong with it', async () => {
    const tidy = temporaryHouse();
    tidy.write('tinyshakespeare/input.txt', 'To be, or');
    const context = madeUpContext({ env: { HYPERLAW_DATA: tidy.folder } });
    expect(await main(['doctor'], context)).toBe(0);
    expect(context.written()).toMatch(
      /^ {2}tiny-shakespeare +no; wrong checksum: .*input\.txt is/m,
    );
    tidy.remove();
  });

  it('lists data that may not be downloaded as missing', async () => {
    const context = madeUpContext({ env: { HYPERLAW_DATA: '/nowhere', HYPERLAW_OFFLINE: '1' } });
    expect(await main(['doctor'], context)).toBe(0);
    expect(context.written()).toMatch(
      /^ {2}mnist +no; HYPERLAW_OFFLINE=1 forbids to download it$/m,
    );
  });
});
