import { describe, expect, it } from 'vitest';
import type { ArmOutcome } from './arm.ts';
import { canonicalJson } from './canonical-json.ts';
import { meanLoss } from './mean-loss.ts';
import { defineProtocol } from './protocol.ts';
import { seedsOf } from './seeds.ts';
import { expectedLoss, landscapeArm, landscapeMeasure, uniform } from './testing/landscape.ts';
import type { Measure, TrialRecord } from './trial.ts';
import { tuneArm } from './tune-arm.ts';

const protocol = defineProtocol();
const CASES = 40;

describe('tuneArm', () => {
  it('follows an optimum outside the range first searched', async () => {
    for (let index = 0; index < 20; index++) {
      const at = 1 + 3 * uniform(`outside ${index}`);
      const best = { learningRate: at, initScale: 0.3, richness: -2.6 };
      const arm = landscapeArm(`outside ${index}`, { best, noise: 0.005 });
      const outcome = await tuneArm(arm, protocol, landscapeMeasure());
      expect(Math.abs(outcome.winner!.setting[0]! - at)).toBeLessThanOrEqual(1);
      expect(outcome.status).toBe('interior');
    }
  });

  it('says which knob stands on its hard limit', async () => {
    const best = { learningRate: 9, initScale: 0, richness: 0 };
    const outcome = await tuneArm(landscapeArm('limit', { best }), protocol, landscapeMeasure());
    expect(outcome.status).toBe('edge');
    expect(outcome.edges).toContainEqual({ knob: 'learningRate', side: 'high', reason: 'limit' });
    expect(outcome.edges).toContainEqual({ knob: 'learningRate', side: 'high', reason: 'slice' });
    expect(outcome.winner!.setting[0]).toBe(6);
  });

  it('says which neighbour was never measured where the budget ends too soon', async () => {
    const best = { learningRate: -4, initScale: -6, richness: 8 };
    const meagre = defineProtocol({ searchTrials: 8 });
    const outcome = await tuneArm(landscapeArm('meagre', { best }), meagre, landscapeMeasure());
    expect(outcome.status).toBe('edge');
    expect(outcome.edges.map(({ reason }) => reason)).toContain('unmeasured');
  });

  it('comes down to working rates where the whole screen diverges', async () => {
    const best = { learningRate: -11, initScale: 0, richness: 0 };
    const arm = landscapeArm('steep', { best, cliff: -9.5 });
    const outcome = await tuneArm(arm, protocol, landscapeMeasure());
    expect(outcome.status).toBe('interior');
    expect(Math.abs(outcome.winner!.setting[0]! + 11)).toBeLessThanOrEqual(1);
    expect(outcome.trials.diverged).toBeGreaterThanOrEqual(45);
  });

  it('is diverged where every setting is', async () => {
    const arm = landscapeArm('hopeless', { best: {}, cliff: -100 });
    const outcome = await tuneArm(arm, protocol, landscapeMeasure());
    expect(outcome).toMatchObject({ status: 'diverged', winner: null, slice: [], judged: [] });
    expect(outcome.trials.diverged).toBe(outcome.trials.total);
  });

  it('prefers a setting that never diverged to a better one that did', async () => {
    const inner = landscapeMeasure();
    const best = { learningRate: -4, initScale: 0, richness: 0 };
    const unreliable: Measure = async (specs) =>
      (await inner(specs)).map((record, index): TrialRecord => {
        const { seed, knobs } = specs[index]!;
        const breaks = seed === 1 && knobs.learningRate === 2 ** -4;
        return breaks ? { ...record, status: 'diverged', loss: null } : record;
      });
    const outcome = await tuneArm(landscapeArm('unreliable', { best }), protocol, unreliable);
    expect(outcome.winner!.knobs.learningRate).not.toBe(2 ** -4);
    expect(outcome.judged.every(({ status }) => status === 'finished')).toBe(true);
  });

  it('marks an arm that a failed trial belongs to, and goes on', async () => {
    const inner = landscapeMeasure();
    const failing: Measure = async (specs) =>
      (await inner(specs)).map(
        (record, index): TrialRecord =>
          specs[index]!.knobs.initScale === 4
            ? { ...record, status: 'failed', loss: null, reason: 'out of memory' }
            : record,
      );
    const best = { learningRate: -4, initScale: 0, richness: 0 };
    const outcome = await tuneArm(landscapeArm('failing', { best }), protocol, failing);
    expect(outcome.status).toBe('failed');
    expect(outcome.failures).toEqual(['out of memory']);
    expect(outcome.trials.failed).toBeGreaterThan(0);
    expect(outcome.winner!.setting).toEqual([-4, 0, 0]);
  });

  it('judges on seeds and examples that tuning never saw, the same for all arms', async () => {
    const measure = landscapeMeasure();
    const best = { learningRate: -4, initScale: 0, richness: 0 };
    const outcome = await tuneArm(landscapeArm('seeds', { best }), protocol, measure);
    expect(outcome.judged.map(({ seed }) => seed)).toEqual(seedsOf('judging', 5));
    const winner = canonicalJson(outcome.winner!.knobs);
    for (const { seed, knobs, heldOut } of measure.trained.values()) {
      const judging = seed >= seedsOf('judging', 1)[0]!;
      expect(heldOut).toBe(judging ? 'test' : 'validation');
      if (judging) expect(canonicalJson(knobs)).toBe(winner);
    }
  });

  it('is deterministic, and a replay measures nothing new', async () => {
    const best = { learningRate: -3.3, initScale: 0.4, richness: -0.2 };
    const arm = landscapeArm('replay', { best, noise: 0.02, seedNoise: 0.1, correlation: 0.5 });
    const first = landscapeMeasure();
    const outcome = await tuneArm(arm, protocol, first);
    const second = landscapeMeasure();
    expect(await tuneArm(arm, protocol, second)).toEqual(outcome);
    expect([...second.trained.keys()].sort()).toEqual([...first.trained.keys()].sort());
  });

  it('slices through the winner on all tuning seeds', async () => {
    const best = { learningRate: -4, initScale: 0, richness: 0 };
    const { slice } = await tuneArm(landscapeArm('slice', { best }), protocol, landscapeMeasure());
    expect(slice.map(({ value }) => Math.log2(value))).toEqual([-7, -6, -5, -4, -3, -2, -1]);
    expect(slice.every(({ losses }) => losses.length === protocol.tuningSeeds)).toBe(true);
    const means = slice.map(({ losses }) => meanLoss(losses)!);
    expect(means.indexOf(Math.min(...means))).toBe(3);
  });

  it('judges the best point of the slice, whatever the first seed had led to', async () => {
    const noisy = { noise: 0.1, best: { learningRate: -4, initScale: 0, richness: 0 } };
    const outcomes = await Promise.all(
      Array.from({ length: CASES }, (_, index) =>
        tuneArm(landscapeArm(`misled ${index}`, noisy), protocol, landscapeMeasure()),
      ),
    );
    for (const { slice, winner, judged } of outcomes) {
      const means = slice.map(({ losses }) => meanLoss(losses)!);
      const best = slice[means.indexOf(Math.min(...means))]!;
      expect(winner!.setting).toEqual(best.setting);
      expect(judged).toHaveLength(protocol.judgeSeeds);
    }
  });

  it('reports losses without the bias of selection', async () => {
    const noisy = { noise: 0.2, best: { learningRate: -4, initScale: 0, richness: 0 } };
    const bias = (outcome: ArmOutcome, losses: readonly { loss: number | null }[]) =>
      meanLoss(losses)! - expectedLoss(noisy, outcome.winner!.knobs, 1000)!;
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        tuneArm(landscapeArm(`biased ${index}`, noisy), protocol, landscapeMeasure()),
      ),
    );
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    const judged = mean(outcomes.map((outcome) => bias(outcome, outcome.judged)));
    const tuned = mean(
      outcomes.map((outcome) => {
        const own = outcome.slice.find(
          ({ setting }) => setting.join() === outcome.winner!.setting.join(),
        );
        return bias(outcome, own!.losses);
      }),
    );
    const error = 0.2 / Math.sqrt(60 * protocol.judgeSeeds);
    // Three standard errors of the mean over 60 arms of 5 judging seeds.
    expect(Math.abs(judged)).toBeLessThan(3 * error);
    // The best of many noisy settings looks better than it is, by about a standard deviation.
    expect(tuned).toBeLessThan(-0.1);
  });
});
