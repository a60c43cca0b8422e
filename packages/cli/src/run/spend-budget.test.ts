import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, houseAround } from '../house.ts';
import { settingsOf } from '../settings.ts';
import { verdictOf } from '../testing/compare-runs.ts';
import { coreCrew } from '../testing/inline-crew.ts';
import { type MadeUpContext, madeUpContext } from '../testing/made-up-context.ts';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';
import { tinySuite } from '../testing/tiny-suite.ts';
import { runSuite } from './run-suite.ts';

describe('a budget', () => {
  let temporary: TemporaryHouse;
  let house: House;
  let context: MadeUpContext;
  beforeEach(() => {
    temporary = temporaryHouse();
    house = houseAround(temporary.folder);
    context = madeUpContext({ cwd: house.folder, env: { HYPERLAW_OFFLINE: '1' } });
  });
  afterEach(() => temporary.remove());

  /** On a clock that stands still: everything takes no time, and only the most seeds end it. */
  async function run(options: Readonly<Record<string, string>> | null) {
    const settings = settingsOf({ data: 'data', ...options }, context);
    const crew = options && (await coreCrew(settings.data));
    return runSuite(tinySuite(), { house, settings, crew, context });
  }
  const seeds = () => {
    const { claims } = verdictOf(house.folder, 'tiny') as { claims: { name: string }[] };
    return claims.map(({ name }) => name.split(', ').length);
  };
  const page = () => readFileSync(join(house.reports, 'tiny/index.html'), 'utf8');

  it('goes into seeds of arms that are judged against each other, all of them alike', async () => {
    await run({});
    expect(seeds()).toEqual([3, 3]);
    expect(page()).not.toContain('A budget of time');
    await run({ budget: '1h' });
    const [one = 0, other] = seeds();
    expect(one).toBeGreaterThan(3);
    expect(other).toBe(one);
    expect(page()).toContain('A budget of time gave 2 arms of 2 more judging seeds');
    expect(context.written()).toMatch(/^budget: round 1, 1h00m left; judging seeds: teacher/m);
  });

  it('is remembered: the same verdict is drawn, and found again without one', async () => {
    await run({ budget: '1h' });
    const found = verdictOf(house.folder, 'tiny');
    await run(null);
    expect(verdictOf(house.folder, 'tiny')).toEqual(found);
    await run({});
    expect(verdictOf(house.folder, 'tiny')).toEqual(found);
  });
});
