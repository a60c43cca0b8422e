import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSuite } from './make-suite.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

describe('a new suite', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'hyperlaw-new-'));
    mkdirSync(join(root, 'suites'));
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
    writeFileSync(join(root, 'package.json'), '{ "name": "hyperlaw", "type": "module" }');
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({
        extends: join(repository, 'tsconfig.base.json'),
        compilerOptions: { typeRoots: [join(repository, 'node_modules/@types')] },
        include: ['suites/*/src'],
      }),
    );
    makeSuite('why-not', { root });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const command = (file: string, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repository, file), ...words],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          HYPERLAW_WORKERS: '1',
          HYPERLAW_DEVICE: 'cpu',
        },
      },
    );
    return { status, said: stdout + stderr };
  };

  it('has its own name everywhere', () => {
    for (const entry of readdirSync(join(root, 'suites/why-not'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      expect(text).not.toContain('template');
    }
    const { scripts } = JSON.parse(readFileSync(join(root, 'suites/why-not/package.json'), 'utf8'));
    expect(scripts).toEqual({ 'suite:why-not': 'hyperlaw run why-not' });
  });

  it('passes the type check', () => {
    expect(command('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json')).toEqual({
      status: 0,
      said: '',
    });
  });

  it('passes the test of its own decision rule', () => {
    expect(command('node_modules/vitest/vitest.mjs', 'run', '--root', root)).toMatchObject({
      status: 0,
      said: expect.stringMatching(/3 passed/),
    });
  });

  it('runs under smoke', () => {
    const { status, said } = command(
      'packages/cli/bin/hyperlaw.mjs',
      'run',
      'why-not',
      '--profile',
      'smoke',
    );
    expect({ status, said }).toMatchObject({
      status: 0,
      said: expect.stringContaining('verdict: inconclusive'),
    });
    expect(existsSync(join(root, 'reports/why-not/index.html'))).toBe(true);
  });

  it.each(['../x', 'a/b', 'Wider', 'a--b', '-a', '', '<b>', 'x'.repeat(81)])(
    'cannot be named %j',
    (name) => {
      expect(() => makeSuite(name, { root })).toThrow(
        /^unknown suite name: .* \(at most 80 lower-case/,
      );
    },
  );

  it('takes nothing that is there, and needs a repository', () => {
    expect(() => makeSuite('why-not', { root })).toThrow('suite is there already: why-not');
    expect(() => makeSuite('x', { root: join(root, 'nowhere') })).toThrow(/^no suites in /);
    expect(readdirSync(join(root, 'suites'))).toEqual(['why-not']);
  });
});
