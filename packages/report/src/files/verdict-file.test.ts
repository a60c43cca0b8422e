import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpVerdict } from '../fixtures/made-up-page.ts';
import { readVerdict, validateVerdict, writeVerdict } from './verdict-file.ts';
import { writeError } from './write-atomic.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperlaw-verdict-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('validateVerdict', () => {
  it('accepts a verdict as it is', () => {
    expect(validateVerdict(madeUpVerdict)).toBe(madeUpVerdict);
  });

  it('lets no number in that is not finite', () => {
    const [claim] = madeUpVerdict.claims;
    for (const effect of [Number.NaN, Infinity, -Infinity]) {
      const verdict = { ...madeUpVerdict, claims: [{ ...claim, effect }] };
      expect(() => validateVerdict(verdict)).toThrow(`/claims/0/effect is ${effect}`);
    }
    const knobs = {
      ...madeUpVerdict,
      arms: [{ ...madeUpVerdict.arms[0], knobs: { beta1: Number.NaN } }],
    };
    expect(() => validateVerdict(knobs)).toThrow('/arms/0/knobs/beta1 is NaN');
  });

  it('takes predictions as numbers or words, and tolerances as words', () => {
    const [claim] = madeUpVerdict.claims;
    const law = (change: object) => ({ ...madeUpVerdict, claims: [{ ...claim, ...change }] });
    for (const predicted of [2, '$2/L$']) {
      const verdict = law({ predicted, tolerance: '± 0.1' });
      expect(validateVerdict(verdict)).toBe(verdict);
    }
    expect(() => validateVerdict(law({ predicted: null }))).toThrow('/claims/0/predicted');
    expect(() => validateVerdict(law({ predicted: Number.NaN }))).toThrow('predicted is NaN');
    expect(() => validateVerdict(law({ tolerance: 0.1 }))).toThrow('/claims/0/tolerance');
  });

  it('names the field that is wrong', () => {
    const wrong = (change: object) => () => validateVerdict({ ...madeUpVerdict, ...change });
    expect(wrong({ verdict: 'maybe' })).toThrow(
      '/verdict must be equal to one of the allowed values',
    );
    expect(wrong({ extra: 1 })).toThrow('additional properties: extra');
    expect(wrong({ suite: '../x' })).toThrow('/suite must match pattern');
    expect(wrong({ statement: undefined })).toThrow("required property 'statement'");
    expect(wrong({ claims: [{ ...madeUpVerdict.claims[0], interval: [1, 0] }] })).toThrow(
      '/claims/0/interval is reversed',
    );
    expect(wrong({ claims: [{ ...madeUpVerdict.claims[0], pValue: 1.5 }] })).toThrow(
      '/claims/0/pValue',
    );
  });
});

describe('writeVerdict', () => {
  it('writes what is read back, and nothing else', async () => {
    const path = await writeVerdict(folder, madeUpVerdict);
    expect(path).toBe(join(folder, 'made-up', 'verdict.json'));
    expect(await readVerdict(path)).toEqual(madeUpVerdict);
    expect(await readdir(join(folder, 'made-up'))).toEqual(['verdict.json']);
  });

  it('keeps the old file whole where it cannot write, and says why in one line', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where a folder should be');
    const failed = writeVerdict(blocked, madeUpVerdict);
    await expect(failed).rejects.toThrow(
      /^cannot write .*verdict\.json: a part of the path is not a folder \(ENOTDIR\)$/,
    );
    await mkdir(join(folder, 'taken', 'made-up', 'verdict.json'), { recursive: true });
    await expect(writeVerdict(join(folder, 'taken'), madeUpVerdict)).rejects.toThrow('EISDIR');
    expect(await readdir(join(folder, 'taken', 'made-up'))).toEqual(['verdict.json']);
  });

  it('says what a full disk and a read-only folder mean', () => {
    const error = (code: string) =>
      writeError('/r/verdict.json', Object.assign(new Error('x'), { code })).message;
    expect(error('ENOSPC')).toBe('cannot write /r/verdict.json: the disk is full (ENOSPC)');
    expect(error('EROFS')).toBe(
      'cannot write /r/verdict.json: the file system is read-only (EROFS)',
    );
    expect(error('EACCES')).toBe(
      'cannot write /r/verdict.json: no permission to write there (EACCES)',
    );
  });

  it('names the file that it cannot read', async () => {
    const path = join(folder, 'torn.json');
    await writeFile(
      path,
      (await readFile(join(folder, 'made-up', 'verdict.json'), 'utf8')).slice(0, 200),
    );
    await expect(readVerdict(path)).rejects.toThrow(`cannot read ${path}: `);
  });
});
