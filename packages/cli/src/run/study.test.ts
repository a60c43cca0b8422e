import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Arm } from '@hyperlaw/sweep';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, houseAround } from '../house.ts';
import { settingsOf } from '../settings.ts';
import type { Suite } from '../suite.ts';
import { journalOf, verdictOf } from '../testing/compare-runs.ts';
import { coreCrew } from '../testing/inline-crew.ts';
import { type MadeUpContext, madeUpContext } from '../testing/made-up-context.ts';
import { type TemporaryHouse, temporaryHouse } from '../testing/temporary-house.ts';
import { tinySuite } from '../testing/tiny-suite.ts';
import { runSuite } from './run-suite.ts';

let temporary: TemporaryHouse;
let house: House;
let context: MadeUpContext;
beforeEach(() => {
  temporary = temporaryHouse();
  house = houseAround(temporary.folder);
  context = madeUpContext({ cwd: house.folder, env: { HYPERLAW_OFFLINE: '1' } });
});
afterEach(() => temporary.remove());

/** Tunes one arm of a tiny suite, then, at the noise that its loss asks for, another; the verdict holds both. */
function studious({ again = false } = {}): Suite {
  const { plan, tasks, judge, ...tiny } = tinySuite();
  return {
    ...tiny,
    tasks: () => [],
    async study(profile, tune) {
      const [law] = tasks(profile);
      if (law?.kind !== 'teacher') throw new Error('the tiny suite has a teacher');
      const made = plan?.(profile, [{ name: 'first', law, data: [] } as never]);
      const [first] = made?.arms ?? [];
      if (!made || !first) throw new Error('the tiny suite has arms');
      const [one] = await tune([first], made.protocol);
      const noise = Math.round(100 * (one?.judged[0]?.loss ?? 0)) / 100;
      const next: Arm = { ...first, name: again ? first.name : 'next', task: { ...law, noise } };
      const [other] = await tune([next], made.protocol);
      return { noise, losses: [one, other].map((each) => each?.judged.map(({ loss }) => loss)) };
    },
    judge: ({ studied }) => ({
      ...{ verdict: 'supported', claims: [], arms: [] },
      statement: JSON.stringify(studied),
    }),
  };
}

async function run(suite: Suite, { redraw = false } = {}) {
  const settings = settingsOf({ data: 'data' }, context);
  const crew = redraw ? null : await coreCrew(settings.data);
  return runSuite(suite, { house, settings, crew, context });
}

describe('a study', () => {
  it('chooses arms by what others came to, and is drawn again from the journal alone', async () => {
    expect(await run(studious())).toBe(0);
    const first = verdictOf(house.folder, 'tiny') as { compute: { trials: number } };
    expect(first.compute.trials).toBe(journalOf(house.folder, 'tiny').keys.length);
    expect(await run(studious(), { redraw: true })).toBe(0);
    expect(verdictOf(house.folder, 'tiny')).toEqual(first);
  });

  it('that fails on its own is no budget that was spent', async () => {
    const fails: Suite = {
      ...studious(),
      async study() {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return (undefined as unknown as { found: object }).found;
      },
    };
    const settings = settingsOf({ data: 'data', budget: '1s' }, context);
    const crew = await coreCrew(settings.data);
    const failed = runSuite(fails, { house, settings, crew, context });
    await expect(failed).rejects.toThrow(/^Cannot read properties of undefined/);
    expect(existsSync(join(house.reports, 'tiny'))).toBe(false);
  });

  it('whose budget is spent in the middle says so, and goes on the next time', async () => {
    const slow: Suite = {
      ...studious(),
      study: (profile, tune) =>
        studious().study!(profile, async (...given) => {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          return tune(...given);
        }),
    };
    const settings = settingsOf({ data: 'data', budget: '1s' }, context);
    const crew = await coreCrew(settings.data);
    const spent = runSuite(slow, { house, settings, crew, context });
    await expect(spent).rejects.toThrow(/^budget spent before the protocol was done: interrupted/);
    expect(await run(studious())).toBe(0);
  });

  it('tunes an arm once', async () => {
    await expect(run(studious({ again: true }))).rejects.toThrow(
      /^arm twice in a study: first-4 \(once a replicate\)$/,
    );
  });
});
