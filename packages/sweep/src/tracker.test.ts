import { describe, expect, it } from 'vitest';
import { trialOf } from './arm.ts';
import { defineProtocol } from './protocol.ts';
import { landscapeArm, landscapeMeasure } from './testing/landscape.ts';
import { createTracker, formatArm } from './tracker.ts';
import { tuneArm } from './tune-arm.ts';

const arm = landscapeArm('an-arm', { best: { learningRate: -4, initScale: 0, richness: 0 } });
const protocol = defineProtocol();
const cost = { lanesFor: () => 8, costOf: ({ steps }: { steps: number }) => steps };

describe('the tracker', () => {
  it('counts down the planned work at the speed of the work done since the first pack, once that of a few is known', async () => {
    let time = 0;
    const tracker = createTracker({ arms: [arm], protocol, cost, now: () => time });
    const planned = 45 * 250 + (28 + 3 + 13 + 5) * 1000;
    expect(tracker.state()).toMatchObject({ done: 0, planned: 94, secondsLeft: null, best: null });

    const spec = trialOf(arm, [-4, 0, 0], 0);
    const [record] = await landscapeMeasure()([spec]);
    tracker.event({ kind: 'steps', modelSteps: 1000, cost: 1000 });
    tracker.event({ kind: 'trial', arm: arm.name, spec, record: record!, trained: true });
    time = 9;
    tracker.event({ kind: 'packDone' });
    expect(tracker.state()).toMatchObject({
      done: 1,
      planned: 94,
      modelSteps: 1000,
      secondsLeft: null,
      best: { arm: 'an-arm', loss: 1, knobs: { learningRate: 1 / 16 } },
    });

    // Three packs more, and half a trial that is under way: how slowly the first began is not held against them.
    time = 11;
    for (let pack = 1; pack <= 3; pack++) {
      tracker.event({ kind: 'steps', modelSteps: 100, cost: 100 });
      expect(tracker.state().secondsLeft).toBe(null);
      tracker.event({ kind: 'packDone' });
    }
    tracker.event({ kind: 'steps', modelSteps: 500, cost: 500 });
    expect(tracker.state().secondsLeft).toBe(((planned - 1800) * 2) / 800);
  });
});

describe('formatArm', () => {
  it('says how an arm ended', async () => {
    const outcome = await tuneArm(arm, protocol, landscapeMeasure());
    expect(formatArm(outcome)).toBe(
      'an-arm 1 at momentum 0.9, learningRate 0.0625, initScale 1, richness 1 · interior · ' +
        `${outcome.trials.total} trials, 0 diverged`,
    );
    const edges = [{ knob: 'richness', side: 'high', reason: 'limit' }] as const;
    const judged = outcome.judged.map((one, n) => (n === 2 ? { ...one, loss: null } : one));
    expect(formatArm({ ...outcome, status: 'edge', edges, judged })).toContain(
      'an-arm · no loss on 1 of 5 judging seeds · edge richness high (limit) · ',
    );
  });
});
