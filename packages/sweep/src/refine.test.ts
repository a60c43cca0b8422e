import { describe, expect, it } from 'vitest';
import { defineProtocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { refine } from './refine.ts';
import type { Knob, Setting } from './space.ts';
import { landscapeArm } from './testing/landscape.ts';

const protocol = defineProtocol();
const rate: Knob = { name: 'learningRate', base: 1, min: -2, max: 2, limits: [-5, 9] };
const scale: Knob = { name: 'initScale', base: 1, min: -1, max: 1 };
const armOf = (...space: readonly Knob[]) => landscapeArm('refine', { best: {} }, { space });

function trainer(lossOf: (setting: Setting) => number | null) {
  const asked: string[] = [];
  const train = async (settings: readonly Setting[]) => {
    asked.push(...settings.map((setting) => setting.join()));
    return settings.map((setting): Scored => {
      const loss = lossOf(setting);
      const status = loss === null ? 'diverged' : 'finished';
      const key = setting.join();
      return { setting, record: { key, status, loss, divergedAt: null, seconds: 0, flops: 0 } };
    });
  };
  return { asked, train };
}

describe('refine', () => {
  it('spends its budget to the trial and measures nothing twice', async () => {
    for (const total of [2, 5, 11, 23]) {
      const { asked, train } = trainer(([r, s]) => (r! - 1) ** 2 + s! ** 2);
      const all = await refine(armOf(rate, scale), protocol, await train([[0, 0]]), total, train);
      expect(all.length).toBe(total);
      expect(new Set(asked).size).toBe(total);
    }
  });

  it('extends the range towards the best, up to the hard limit', async () => {
    const { train } = trainer(([r]) => -r!);
    const all = await refine(armOf(rate), protocol, await train([[0]]), 12, train);
    expect(Math.max(...all.map(({ setting }) => setting[0]!))).toBe(9);
  });

  it('encloses the best before it looks elsewhere', async () => {
    const { train, asked } = trainer(([r, s]) => r! ** 2 + s! ** 2);
    await refine(armOf(rate, scale), protocol, await train([[0, 0]]), 5, train);
    expect(asked.slice(1).sort()).toEqual(['-1,0', '0,-1', '0,1', '1,0']);
  });

  it('stops when the lattice has no more', async () => {
    const { train } = trainer(() => 1);
    const all = await refine(armOf(rate, scale), protocol, await train([[0, 0]]), 999, train);
    expect(all.length).toBe(15 * 3);
  });

  it('goes towards lower rates from where all diverged', async () => {
    const { train } = trainer(([r]) => (r! > -4 ? null : 1));
    const all = await refine(armOf(rate), protocol, await train([[0], [2]]), 9, train);
    expect(all.some(({ record }) => record.status === 'finished')).toBe(true);
  });
});
