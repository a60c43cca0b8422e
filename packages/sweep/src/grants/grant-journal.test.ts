import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryJournal } from '../journal.ts';
import { inlinePool } from '../pool.ts';
import { runSweep } from '../sweep.ts';
import { landscapeRunner } from '../testing/landscape.ts';
import { smallSweep } from '../testing/small-sweep.ts';
import { openGrants } from './grant-journal.ts';

const { arms, protocol, semantics } = smallSweep;
const [first, second] = arms as [(typeof arms)[number], (typeof arms)[number]];

describe('openGrants', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hyperlaw-grants-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = (changes: Partial<typeof protocol> = {}) =>
    openGrants({ folder }, { protocol: { ...protocol, ...changes }, semantics });

  it('remembers the most that was granted to an arm, and the protocol for all others', () => {
    const grants = open();
    grants.grant(first, 9);
    grants.grant(first, 7);
    grants.close();
    expect(open().seedsOf(first)).toBe(9);
    expect(open().seedsOf(second)).toBe(protocol.judgeSeeds);
  });

  it('knows an arm again however many seeds the protocol has, but not one that is tuned otherwise', () => {
    const grants = open();
    grants.grant(first, 9);
    grants.close();
    expect(open({ judgeSeeds: 6 }).seedsOf(first)).toBe(9);
    expect(open({ searchTrials: 9 }).seedsOf(first)).toBe(protocol.judgeSeeds);
    expect(open().seedsOf({ ...first, steps: 200 })).toBe(protocol.judgeSeeds);
  });

  it('knows an arm again that was granted seeds before arms could borrow', () => {
    const { borrow: _, ...before } = protocol;
    const grants = openGrants({ folder }, { protocol: before as typeof protocol, semantics });
    grants.grant(first, 9);
    grants.close();
    expect(open().seedsOf(first)).toBe(9);
    expect(open({ borrow: 2 }).seedsOf(first)).toBe(protocol.judgeSeeds);
  });

  it('adds seeds to what was judged before, and changes nothing else', async () => {
    const journal = memoryJournal();
    const pool = inlinePool(landscapeRunner);
    const before = await runSweep({ ...smallSweep, journal, pool });
    const grants = open();
    grants.grant(first, 9);
    const judgeSeeds = grants.seedsOf;
    const after = await runSweep({ ...smallSweep, journal, pool, judgeSeeds });
    expect(after.compute.trained).toBe(9 - protocol.judgeSeeds);
    expect(after.outcomes[0]?.judged.slice(0, protocol.judgeSeeds)).toEqual(
      before.outcomes[0]?.judged,
    );
    expect(after.outcomes[0]?.winner).toEqual(before.outcomes[0]?.winner);
    expect(after.outcomes.slice(1)).toEqual(before.outcomes.slice(1));
    const again = await runSweep({ ...smallSweep, journal, pool: null, judgeSeeds });
    expect(again.outcomes).toEqual(after.outcomes);
    grants.close();
  });
});
