import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houseAround, isSuiteName, loadSuite, suiteNames } from './house.ts';
import { repository, type TemporaryHouse, temporaryHouse } from './testing/temporary-house.ts';

describe('a house', () => {
  let temporary: TemporaryHouse;
  beforeAll(() => {
    temporary = temporaryHouse();
    temporary.write('suites/deeper/src/suite.ts', '');
    temporary.write('suites/wider/src/suite.ts', '');
    temporary.write('suites/unfinished/notes.md', '');
    temporary.write('suites/.new-x/src/suite.ts', '');
  });
  afterAll(() => temporary.remove());

  it('is found from any folder in it', () => {
    const { folder } = temporary;
    expect(houseAround(folder).folder).toBe(folder);
    expect(houseAround(join(folder, 'suites/wider/src')).folder).toBe(folder);
  });

  it('is the one of the command where there is none around', () => {
    expect(houseAround('/').folder).toBe(repository);
  });

  it('has the suites that have a declaration, in order', () => {
    expect(suiteNames(houseAround(temporary.folder))).toEqual(['deeper', 'wider']);
  });
});

describe('a loaded suite', () => {
  let temporary: TemporaryHouse;
  beforeAll(() => {
    temporary = temporaryHouse();
    temporary.write(
      'suites/broken/src/suite.ts',
      `export const suite = { name: 'broken', tasks: () => [], study: async (_, tune) => (await tune([]))[0].status, judge: () => undefined.claims, page: (_, verdict) => verdict };`,
    );
  });
  afterAll(() => temporary.remove());

  it('says whose the fault is where its own code throws', async () => {
    const suite = await loadSuite(houseAround(temporary.folder), 'broken');
    expect(() => suite.judge({} as never)).toThrow(
      /^judge of suite broken: Cannot read properties of undefined .*\(HYPERLAW_DEBUG=1 shows where\)$/,
    );
    expect(suite.tasks('smoke')).toEqual([]);
    expect(suite).not.toHaveProperty('plan');
  });

  it('leaves what tuning throws in a study as it is', async () => {
    const suite = await loadSuite(houseAround(temporary.folder), 'broken');
    const interrupted = new Error('interrupted');
    const study = (tune: () => Promise<never>) => suite.study?.('smoke', tune);
    await expect(study(async () => Promise.reject(interrupted))).rejects.toBe(interrupted);
    await expect(study(async () => [] as never)).rejects.toThrow(
      /^study of suite broken: Cannot read properties of undefined/,
    );
  });
});

describe('isSuiteName', () => {
  it.each(['wider', 'batch-size', 'oq-3-4'])('accepts %s', (name) => {
    expect(isSuiteName(name)).toBe(true);
  });
  it.each([
    '',
    'assets',
    '..',
    '../x',
    'a/b',
    'a\\b',
    'Wider',
    '-a',
    'a--b',
    '<b>',
    'x'.repeat(81),
  ])('refuses %j', (name) => {
    expect(isSuiteName(name)).toBe(false);
  });
});
