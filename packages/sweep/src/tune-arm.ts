import type { Arm, ArmOutcome, SlicePoint } from './arm.ts';
import { seedLoss, slicePoint, trialOf } from './arm.ts';
import { edgesOf } from './edges.ts';
import type { Ledger } from './ledger.ts';
import { createLedger } from './ledger.ts';
import { meanLoss } from './mean-loss.ts';
import type { Protocol } from './protocol.ts';
import { planArm } from './protocol.ts';
import type { Scored } from './ranking.ts';
import { isFinished, rank } from './ranking.ts';
import type { Neighbour } from './search-arm.ts';
import { searchArm } from './search-arm.ts';
import { seedsOf } from './seeds.ts';
import type { Setting } from './space.ts';
import { knobIndex, settingKnobs, shifted, withinLimits } from './space.ts';
import type { Measure } from './trial.ts';

/**
 * Tunes an arm and judges its winner: screen, halve, refine (and borrow from its neighbours), confirm, slice through what was
 * best on all tuning seeds, and enclose and judge the winner, which is the best point of the slice. Its only effect is
 * `measure`, so that over a complete journal it trains nothing and comes to the same outcome. What neighbours measure is no
 * part of it. Throws where the arm cannot be tuned (see `planArm`), and what `measure` throws.
 */
export async function tuneArm(
  arm: Arm,
  protocol: Protocol,
  measure: Measure,
  neighbours: readonly Neighbour[] = [],
): Promise<ArmOutcome> {
  planArm(arm, protocol);
  const ledger = createLedger(measure);
  const run: Run = {
    arm,
    protocol,
    ledger,
    tuning: seedsOf('tuning', protocol.tuningSeeds, protocol.replicate),
  };
  const seed = run.tuning[0]!;
  const { explored, borrowed } = await searchArm(arm, protocol, ledger.ask, { seed, neighbours });
  const confirmed = await confirm(run, explored);
  const slice = confirmed ? await sliceThrough(run, confirmed) : [];
  const winner = confirmed && bestOf(slice, confirmed);
  // Both at once, so that they train as lanes of one program.
  const [around, judged] = await Promise.all([
    winner ? enclose(run, winner, explored) : [],
    winner ? judge(run, winner) : [],
  ]);
  const measured = new Set([...explored, ...around, ...slice].map(({ setting }) => setting.join()));
  const edges = winner ? edgesOf(arm.space, winner, slice, protocol.rate, measured) : [];
  const account = ledger.account();
  return {
    arm: arm.name,
    status:
      account.trials.failed > 0
        ? 'failed'
        : !winner
          ? 'diverged'
          : edges.length > 0
            ? 'edge'
            : 'interior',
    edges,
    winner: winner && { setting: winner, knobs: knobsOf(arm, winner) },
    slice,
    judged,
    explored: [...explored, ...around].map(({ setting, record }) => ({
      setting,
      knobs: knobsOf(arm, setting),
      loss: record.loss,
    })),
    borrowed,
    ...account,
  };
}

interface Run {
  readonly arm: Arm;
  readonly protocol: Protocol;
  readonly ledger: Ledger;
  readonly tuning: readonly number[];
}

/**
 * Measures the best settings on the other tuning seeds and chooses the lowest mean loss among those that
 * never diverged; where all of them did, the next best that has not.
 */
async function confirm(run: Run, explored: readonly Scored[]): Promise<Setting | null> {
  const { arm, protocol, ledger, tuning } = run;
  const ranked = rank(explored, knobIndex(arm.space, protocol.rate)).filter(isFinished);
  const finalists = ranked.slice(0, protocol.confirm);
  const rest = tuning.slice(1);
  const records = await ledger.ask(
    'confirm',
    finalists.flatMap(({ setting }) => rest.map((seed) => trialOf(arm, setting, seed))),
  );
  const confirmed = finalists.flatMap(({ setting, record }, index) => {
    const others = records.slice(index * rest.length, (index + 1) * rest.length);
    const mean = meanLoss([record, ...others]);
    return mean === null ? [] : [{ setting, mean }];
  });
  const best = confirmed.reduce<(typeof confirmed)[number] | null>(
    (least, one) => (least === null || one.mean < least.mean ? one : least),
    null,
  );
  return (best ?? ranked[protocol.confirm])?.setting ?? null;
}

/** Measures neighbours of the winner that the search has not, on the first tuning seed; the slice has those of the rate. */
async function enclose(
  { arm, protocol, ledger, tuning }: Run,
  winner: Setting,
  explored: readonly Scored[],
): Promise<readonly Scored[]> {
  const known = new Set(explored.map(({ setting }) => setting.join()));
  const rate = knobIndex(arm.space, protocol.rate);
  const settings = arm.space
    .flatMap((_, k) => (k === rate ? [] : [shifted(winner, k, -1), shifted(winner, k, 1)]))
    .filter((setting) => withinLimits(arm.space, setting) && !known.has(setting.join()))
    .slice(0, protocol.enclose);
  const specs = settings.map((setting) => trialOf(arm, setting, tuning[0]!));
  const records = await ledger.ask('confirm', specs);
  return settings.map((setting, index) => ({ setting, record: records[index]! }));
}

/** The slice along the rate through a setting, every point on all tuning seeds. */
async function sliceThrough(run: Run, through: Setting): Promise<readonly SlicePoint[]> {
  const { arm, protocol, ledger, tuning } = run;
  const k = knobIndex(arm.space, protocol.rate);
  const settings = Array.from({ length: 2 * protocol.sliceRadius + 1 }, (_, n) =>
    shifted(through, k, n - protocol.sliceRadius),
  ).filter((setting) => withinLimits(arm.space, setting));
  const specs = settings.flatMap((setting) => tuning.map((seed) => trialOf(arm, setting, seed)));
  const records = await ledger.ask('slice', specs);
  return settings.map((setting, index) => {
    const losses = tuning.map((seed, s) => seedLoss(seed, records[index * tuning.length + s]!));
    return slicePoint(arm, k, setting, losses);
  });
}

/** The lowest mean loss over tuning seeds on a slice; the setting that it goes through where none is lower. */
function bestOf(slice: readonly SlicePoint[], through: Setting): Setting {
  const mean = (setting: Setting) => {
    const point = slice.find((one) => one.setting.join() === setting.join());
    return (point && meanLoss(point.losses)) ?? Infinity;
  };
  return slice.reduce(
    (best, { setting }) => (mean(setting) < mean(best) ? setting : best),
    through,
  );
}

/** The winner on fresh seeds and test examples. */
async function judge({ arm, protocol, ledger }: Run, winner: Setting) {
  const seeds = seedsOf('judging', protocol.judgeSeeds, protocol.replicate);
  const records = await ledger.ask(
    'judge',
    seeds.map((seed) => trialOf(arm, winner, seed, { heldOut: 'test' })),
  );
  return seeds.map((seed, index) => seedLoss(seed, records[index]!));
}

function knobsOf({ knobs, space }: Arm, setting: Setting) {
  return { ...knobs, ...settingKnobs(space, setting) };
}
