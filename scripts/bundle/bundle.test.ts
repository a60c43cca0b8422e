/** A bundle, unpacked into an empty folder, must work with nothing: no environment, no network, no other package. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDataFolder } from '@hyperlaw/tasks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictOf } from '../../packages/cli/src/testing/compare-runs.ts';
import { runCommand } from '../../packages/cli/src/testing/run-command.ts';
import {
  linkSuite,
  repository,
  type TemporaryHouse,
  temporaryHouse,
} from '../../packages/cli/src/testing/temporary-house.ts';
import { webgpuStarts } from '../../packages/engine/src/testing/vulkan.ts';
import { type MadeBundle, MOST_BYTES, makeBundle } from './make-bundle.ts';
import { CODE, moduleName } from './own-addresses.ts';

/** Suites of the command's own tests: arms and experiments that SwiftShader trains in seconds. */
const TESTING = ['lab-suite', 'tiny-suite'].map((name) => `packages/cli/src/testing/${name}.ts`);

/** A network of its own that holds nothing, where the system lets one have it. */
const ALONE = [
  ['unshare', '--net'],
  ['unshare', '--map-root-user', '--net'],
].find(([command = '', ...words]) => spawnSync(command, [...words, 'true']).status === 0);
if (!ALONE) console.warn('bundle: tested with a network, since this system gives no namespace');

const linux = `${process.platform}/${process.arch}` === 'linux/x64';
const webgpu = linux && (await webgpuStarts());
const { VK_ICD_FILENAMES = '' } = process.env;

describe.skipIf(!linux)('a bundle', () => {
  let root = '';
  let made: MadeBundle;
  let folder = '';
  let house: TemporaryHouse;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'hyperlaw-bundle-'));
    house = temporaryHouse();
    const data = defaultDataFolder(process.env, homedir());
    const date = new Date(0);
    made = await makeBundle({ root: repository, out: root, data, date, further: TESTING });
    expect(spawnSync('tar', ['--extract', '--file', made.path, '--directory', root]).status).toBe(
      0,
    );
    folder = join(root, made.name);
    mkdirSync(join(folder, 'suites/lab/src'), { recursive: true });
    const [lab, tiny] = TESTING.map((source) => `../../../${CODE}/${moduleName(source)}.js`);
    writeFileSync(
      join(folder, 'suites/lab/src/suite.js'),
      `import { labSuite } from '${lab}';\nimport { tinySuite } from '${tiny}';\nexport const suite = { ...tinySuite(), ...labSuite() };\n`,
    );
  });
  afterAll(() => {
    house.remove();
    rmSync(root, { recursive: true });
  });

  const hyperlaw = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const [command = '', ...rest] = [...(ALONE ?? []), join(folder, 'hyperlaw'), ...words];
    // From elsewhere, as a batch job would.
    const ended = spawnSync(command, rest, { cwd: '/', env, encoding: 'utf8' });
    return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
  };
  const provenance = (of: string, suite: string) =>
    (verdictOf(of, suite) as { provenance: { commit: string; device: object } }).provenance;

  it('is one archive of at most 60 MB with nothing but its folder', () => {
    expect(made.bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(readdirSync(root).sort()).toEqual([made.name, `${made.name}.tar.gz`].sort());
  });

  it('finds the processor and its own data', () => {
    const { code, stdout } = hyperlaw(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/cpu +yes; ONNX Runtime/);
    expect(stdout).toMatch(
      /cuda +no; .*; a bundle goes without it; in a clone, run npm run gpu:enable/,
    );
    expect(stdout).toContain(`data in ${join(folder, 'data')}`);
    for (const name of ['typescript-bytes', ...made.data]) {
      expect(stdout).toMatch(new RegExp(`${name} +yes`));
    }
  });

  it('lists every suite of the repository', () => {
    const { stdout } = hyperlaw(['list']);
    for (const name of readdirSync(join(repository, 'suites'))) {
      if (existsSync(join(repository, 'suites', name, 'src/suite.ts'))) {
        expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
      }
    }
  });

  it('runs a suite to its page, and what it found is judged alike at home', async () => {
    const { code, stdout, stderr } = hyperlaw([
      'run',
      'wider',
      '--profile',
      'smoke',
      '--device',
      'cpu',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('page: reports/wider/index.html');
    expect(readdirSync(join(folder, 'results/wider'))).toEqual([
      'runs-000001.ndjson',
      'trials-000001.ndjson',
    ]);

    linkSuite(house, 'wider');
    const at = { cwd: house.folder, env: { HYPERLAW_DATA: join(folder, 'data') } };
    expect((await runCommand(['collect', folder], at)).stdout).toMatch(
      /^wider: \d+ new lines in 2 /,
    );
    expect((await runCommand(['report', '--profile', 'smoke'], at)).code).toBe(0);
    const { commit, device } = provenance(house.folder, 'wider');
    expect(commit).toBe(JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8')).commit);
    expect(device).toEqual(provenance(folder, 'wider').device);
    const { provenance: _, ...home } = verdictOf(house.folder, 'wider') as { provenance: object };
    expect(verdictOf(folder, 'wider')).toMatchObject(home);
  });

  it('tests itself', () => {
    const { code, stdout, stderr } = hyperlaw(['selftest', '--device', 'cpu']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\d+ checks, all is well\n$/);
  });

  /** One case, as short as it may be; the figures go into a file. */
  const bench = (device: string, env: Readonly<Record<string, string>> = {}) => {
    const json = join(root, `bench-${device}.json`);
    const words = ['bench', '--quick', '--devices', device, '--widths', '32', '--lanes', '1'];
    const ended = hyperlaw([...words, '--json', json], env);
    expect(ended.code, ended.stderr).toBe(0);
    return { ...ended, row: JSON.parse(readFileSync(json, 'utf8')).rows[0] };
  };

  it('measures its speed, and starts itself as a peer', () => {
    const { stdout, row } = bench('cpu');
    expect(row).toMatchObject({ device: 'cpu', optimizer: 'sgd', width: 32, lanes: 1 });
    expect(row.kernels).toBeGreaterThan(10);
    expect(stdout).toMatch(/sgd +32 +[^×]+×\d+( +–){5}\n/);
  });

  describe.skipIf(!webgpu)('on WebGPU', () => {
    it('measures its speed, and the kernels of a step', () => {
      const { row } = bench('webgpu', { VK_ICD_FILENAMES });
      expect(row.kernels).toBeGreaterThan(10);
      // Which takes longest on a processor that plays GPU is not ours to say.
      const operators = row.operators.map(({ operator }: { operator: string }) => operator);
      expect(operators).toContain('MatMul');
    });

    it('tests itself', () => {
      const words = ['selftest', '--device', 'webgpu'];
      const { code, stdout, stderr } = hyperlaw(words, { VK_ICD_FILENAMES });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/training: transformer block +ok/);
    });

    it('trains arms and makes experiments in a worker', () => {
      const words = ['run', 'lab', '--device', 'webgpu'];
      const { code, stdout, stderr } = hyperlaw(words, { VK_ICD_FILENAMES });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/10 experiments \(10 made now\) and 30 trials \(30 trained now/);
      expect(provenance(folder, 'lab').device).toMatchObject({ kind: 'webgpu' });
    });

    it('brings libraries for a machine that has none', () => {
      // A dynamic linker that knows nothing: the launcher falls back on what is on board.
      const tools = join(root, 'tools');
      mkdirSync(tools);
      writeFileSync(join(tools, 'ldconfig'), '#!/bin/sh\n');
      chmodSync(join(tools, 'ldconfig'), 0o755);
      const PATH = `${tools}:/usr/bin:/bin`;
      const { stdout } = hyperlaw(['doctor'], { VK_ICD_FILENAMES, PATH });
      expect(stdout).toMatch(/webgpu +yes/);
      const there = [
        ...readdirSync(join(folder, 'lib/vulkan')),
        ...readdirSync(join(folder, 'lib/c++')),
      ];
      expect([...there, ...made.missing]).toEqual(
        expect.arrayContaining(['libvulkan.so.1', 'libstdc++.so.6', 'libgcc_s.so.1']),
      );
    });
  });
});
