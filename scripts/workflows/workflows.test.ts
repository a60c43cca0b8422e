import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runBlocks } from './run-blocks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => [
  name,
  readFileSync(join(folder, name), 'utf8'),
]);

describe.each(workflows)('%s', (_, text = '') => {
  const blocks = runBlocks(text);

  it('has steps in valid shell', () => {
    expect(blocks.length).toBeGreaterThan(0);
    for (const script of blocks) {
      const { stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect(stderr, script).toBe('');
    }
  });

  it('names files of the repository that are there', () => {
    for (const script of blocks) {
      for (const [path] of script.matchAll(/(?<![\w/$])(?:scripts|\.ci)\/[\w/.-]+/g)) {
        expect(existsSync(join(root, path)), path).toBe(true);
      }
    }
  });
});

it('reads one line, and blocks to their end', () => {
  const yaml = `
    steps:
      - run: npm ci
      - name: two
        run: |
          a \${{ b.c }}

          if x; then
            y
          fi
        env:
          A: 1`;
  expect(runBlocks(yaml)).toEqual([
    'npm ci',
    '          a word\n\n          if x; then\n            y\n          fi',
  ]);
});
