import { describe, expect, it } from 'vitest';
import { halve } from './halve.ts';
import { defineProtocol } from './protocol.ts';
import type { Scored } from './ranking.ts';
import type { Setting } from './space.ts';
import { screenLattice } from './space.ts';
import { landscapeArm } from './testing/landscape.ts';

const arm = landscapeArm('halve', { best: {} });
const protocol = defineProtocol();

/** A screen with these losses; null diverged. */
function screenOf(lossOf: (setting: Setting) => number | null): readonly Scored[] {
  return screenLattice(arm.space).map((setting) => {
    const loss = lossOf(setting);
    const status = loss === null ? ('diverged' as const) : ('finished' as const);
    const record = { key: setting.join(), status, loss, divergedAt: null, seconds: 0, flops: 0 };
    return { setting, record };
  });
}
const kept = (lossOf: (setting: Setting) => number | null, count = 5) =>
  halve(arm, protocol, screenOf(lossOf), count).map((setting) => setting.join());

describe('halve', () => {
  it('keeps the neighbours of the best along the rate, however bad they look', () => {
    const settings = kept(([rate, scale]) => (rate === -4 ? 0 : 9) + Math.abs(scale! - 2));
    expect(settings.slice(0, 3)).toEqual(['-4,2,-2', '-6,2,-2', '-2,2,-2']);
    expect(settings.slice(3)).toEqual(['-4,2,0', '-4,2,2']);
  });

  it('keeps a neighbour beyond the screened range where the best is on its edge', () => {
    expect(kept(([rate]) => rate!).slice(0, 3)).toEqual(['-8,-2,-2', '-10,-2,-2', '-6,-2,-2']);
  });

  it('drops what diverged, the neighbour too', () => {
    const settings = kept(([rate]) => (rate! > -4 ? null : -rate!));
    expect(settings[0]).toBe('-4,-2,-2');
    expect(settings.some((setting) => setting.startsWith('-2,'))).toBe(false);
    expect(settings.length).toBe(5);
  });

  it('climbs down a ladder of rates where all diverged', () => {
    expect(kept(() => null, 3)).toEqual(['-10,0,0', '-12,0,0', '-14,0,0']);
  });

  it('keeps each setting once and no more than asked for', () => {
    const settings = kept(([rate, scale, rich]) => Math.hypot(rate! + 4, scale!, rich!), 20);
    expect(new Set(settings).size).toBe(20);
  });
});
