import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';
import { commitOf, versionsOf } from './provenance.ts';

describe('commitOf', () => {
  let house: TemporaryHouse;
  beforeEach(() => {
    house = temporaryHouse();
  });
  afterEach(() => house.remove());

  const git = (...words: string[]) =>
    execFileSync('git', [
      '-C',
      house.folder,
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@t',
      ...words,
    ]);

  it('is unknown, and so not clean, where there is no repository', () => {
    expect(commitOf(house.folder)).toEqual({ commit: 'unknown', dirty: true });
  });

  it('is clean until a source changes; reports are results', () => {
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'all');
    expect(commitOf(house.folder)).toEqual({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      dirty: false,
    });
    house.write('reports/tiny/verdict.json', '{}');
    expect(commitOf(house.folder).dirty).toBe(false);
    house.write('suites/tiny/src/suite.ts', '');
    expect(commitOf(house.folder).dirty).toBe(true);
  });
});

describe('versionsOf', () => {
  it('names what numbers depend on', () => {
    const versions = versionsOf();
    expect(Object.keys(versions)).toEqual([
      'hyperlaw',
      'node',
      'onnxruntime-node',
      '@tensorflow/tfjs',
    ]);
    for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
