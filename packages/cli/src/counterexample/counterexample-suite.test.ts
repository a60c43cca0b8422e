import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, houseAround } from '../house.ts';
import { runSuite } from '../run/run-suite.ts';
import { settingsOf } from '../settings.ts';
import { verdictOf } from '../testing/compare-runs.ts';
import { coreCrew } from '../testing/inline-crew.ts';
import { type MadeUpContext, madeUpContext } from '../testing/made-up-context.ts';
import { plantedSuite } from '../testing/planted-suite.ts';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';

let temporary: TemporaryHouse;
let house: House;
let context: MadeUpContext;
beforeEach(() => {
  temporary = temporaryHouse();
  house = houseAround(temporary.folder);
  context = madeUpContext({ cwd: house.folder, env: { HYPERLAW_OFFLINE: '1' } });
});
afterEach(() => temporary.remove());

async function run({ redraw = false } = {}) {
  const settings = settingsOf({ data: 'data', profile: 'standard' }, context);
  const crew = redraw ? null : await coreCrew(settings.data);
  return runSuite(plantedSuite(), { house, settings, crew, context });
}

interface Written {
  readonly verdict: string;
  readonly statement: string;
  readonly claims: readonly { name: string; verdict: string; effect: number }[];
}

describe('a family with a counterexample by construction', () => {
  it('gives it away to real training: found, replicated, and drawn again from the journal', async () => {
    expect(await run()).toBe(0);
    const written = verdictOf(house.folder, 'planted') as Written;
    expect(written.verdict).toBe('supported');
    const known = written.claims.filter(
      ({ name, verdict }) => name.startsWith('Deeper hurts') && verdict === 'supported',
    );
    // The dead corner: a third or half of the scale that keeps signals alive, over six layers.
    expect(known.some(({ name }) => /scale 0\.(35|5)/.test(name))).toBe(true);
    expect(written.statement).toMatch(
      /^A counterexample: in the task linear d=\d, σ=[\d.]+, scale 0/,
    );
    const page = readFileSync(join(house.reports, 'planted', 'index.html'), 'utf8');
    expect(page).toContain('The counterexample: tuned loss against depth');
    expect(page).not.toContain('NaN');
    expect(await run({ redraw: true })).toBe(0);
    expect(verdictOf(house.folder, 'planted')).toEqual(written);
  });
});
