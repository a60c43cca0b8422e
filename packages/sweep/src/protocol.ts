import type { Arm, Stage } from './arm.ts';
import { stages } from './arm.ts';
import { checkSpace, knobIndex, latticeSize, limitsOf, screenLattice } from './space.ts';

/** How every arm's knobs are tuned and then judged; the numbers fix the budget. */
export interface Protocol {
  /** Horizon of the coarse screen as a fraction of the arm's steps, in (0, 1). */
  readonly screenFraction: number;
  /** Settings trained to the full horizon on the first tuning seed, halving and refining together. */
  readonly searchTrials: number;
  /** Fraction of the screened settings that halving keeps, in (0, 1]; at least three are kept. */
  readonly keep: number;
  /**
   * How many of `searchTrials` may go to settings that the searches of neighbouring arms found best, half-way through
   * refining; 0, where arms are searched alone, and for arms without neighbours. They are where refining goes on, never
   * the answer: like all others they win on the arm's own measurements or not at all.
   */
  readonly borrow: number;
  /** Best settings whose neighbours are measured together in one round of refining. */
  readonly beam: number;
  /** Settings measured on all tuning seeds, through the best of which the slice goes. */
  readonly confirm: number;
  readonly tuningSeeds: number;
  /**
   * How many neighbours of the winner, along knobs other than the rate, are measured where the search has not: without
   * them a winner in a flat valley of many knobs stands on an edge for want of a look beyond it.
   */
  readonly enclose: number;
  /** Lattice steps of the slice to either side; its best point is the winner. */
  readonly sliceRadius: number;
  readonly judgeSeeds: number;
  /** Another replicate tunes and judges on seeds of its own. */
  readonly replicate: number;
  /** The knob that is sliced, and that halving guards. */
  readonly rate: string;
}

/** A protocol from the numbers given and the house's defaults for the rest. */
export function defineProtocol({
  screenFraction = 0.25,
  searchTrials = 28,
  keep = 0.1,
  borrow = 0,
  beam = 1,
  confirm = 3,
  tuningSeeds = 2,
  enclose = 0,
  sliceRadius = 3,
  judgeSeeds = 5,
  replicate = 0,
  rate = 'learningRate',
}: Partial<Protocol> = {}): Protocol {
  const count = (name: string, value: number, least: number) => {
    if (!Number.isInteger(value) || value < least) {
      throw new Error(`unknown ${name}: ${value} (an integer of at least ${least})`);
    }
  };
  if (!(screenFraction > 0 && screenFraction < 1)) {
    throw new Error(`unknown screenFraction: ${screenFraction} (above 0, below 1)`);
  }
  if (!(keep > 0 && keep <= 1)) throw new Error(`unknown keep: ${keep} (above 0, at most 1)`);
  count('searchTrials', searchTrials, 3);
  count('borrow', borrow, 0);
  count('beam', beam, 1);
  count('confirm', confirm, 1);
  count('tuningSeeds', tuningSeeds, 1);
  count('enclose', enclose, 0);
  count('sliceRadius', sliceRadius, 1);
  count('judgeSeeds', judgeSeeds, 1);
  count('replicate', replicate, 0);
  return {
    screenFraction,
    searchTrials,
    keep,
    borrow,
    beam,
    confirm,
    tuningSeeds,
    enclose,
    sliceRadius,
    judgeSeeds,
    replicate,
    rate,
  };
}

/** Steps of the coarse screen. */
export function screenSteps(arm: Arm, protocol: Protocol): number {
  return Math.max(1, Math.round(arm.steps * protocol.screenFraction));
}

/** Trials and model-steps of one stage. */
export interface StagePlan {
  readonly trials: number;
  readonly modelSteps: number;
}

/**
 * The budget of an arm by stage, before any of it is spent. All stages spend theirs exactly wherever
 * something finishes, but for the slice and the enclosing of the winner (part of `confirm`), which may pass through
 * settings that are measured already. Throws where the space, the steps or the rate's lattice cannot be tuned.
 */
export function planArm(arm: Arm, protocol: Protocol): Readonly<Record<Stage, StagePlan>> {
  checkArm(arm, protocol);
  const screened = screenLattice(arm.space).length;
  const search = Math.min(protocol.searchTrials, latticeSize(arm.space));
  const halved = Math.min(search, keptByHalving(screened, protocol));
  const extraSeeds = protocol.tuningSeeds - 1;
  const [low, high] = limitsOf(arm.space[knobIndex(arm.space, protocol.rate)]!);
  const trials: Record<Stage, number> = {
    screen: screened,
    halve: halved,
    refine: search - halved,
    confirm:
      Math.min(protocol.confirm, search) * extraSeeds +
      Math.min(protocol.enclose, 2 * (arm.space.length - 1)),
    slice: Math.min(2 * protocol.sliceRadius, high - low) * protocol.tuningSeeds + extraSeeds,
    judge: protocol.judgeSeeds,
  };
  const steps = (stage: Stage) => (stage === 'screen' ? screenSteps(arm, protocol) : arm.steps);
  const plans = stages.map((stage) => [
    stage,
    { trials: trials[stage], modelSteps: trials[stage] * steps(stage) },
  ]);
  return Object.fromEntries(plans) as Record<Stage, StagePlan>;
}

/** How many of the screened settings go on to the full horizon. */
function keptByHalving(screened: number, { keep }: Protocol): number {
  return Math.min(screened, Math.max(3, Math.ceil(keep * screened)));
}

/** Settings that an arm measures at the full horizon before it borrows: half of those that refining has. */
export function aloneTrials(arm: Arm, protocol: Protocol): number {
  const { halve, refine } = planArm(arm, protocol);
  const later = Math.min(refine.trials, Math.max(protocol.borrow, Math.floor(refine.trials / 2)));
  return halve.trials + refine.trials - later;
}

function checkArm(arm: Arm, protocol: Protocol): void {
  checkSpace(arm.space);
  const { factor = 2 } = arm.space[knobIndex(arm.space, protocol.rate)]!;
  if (factor > 2) throw new Error(`unknown factor of ${protocol.rate}: ${factor} (at most 2)`);
  if (!Number.isInteger(arm.steps) || screenSteps(arm, protocol) >= arm.steps) {
    throw new Error(
      `unknown steps of ${arm.name}: ${arm.steps} (an integer above those of its screen)`,
    );
  }
  const both = arm.space.find(({ name }) => name in arm.knobs);
  if (both) throw new Error(`knob both fixed and tuned in ${arm.name}: ${both.name} (either)`);
}

/** One line on the budgets of a sweep's arms: those with equal plans are counted together. */
export function formatBudget(arms: readonly Arm[], protocol: Protocol): string {
  const counts = new Map<string, number>();
  for (const arm of arms) {
    const plan = planArm(arm, protocol);
    const total = stages.reduce((sum, stage) => sum + plan[stage].trials, 0);
    const parts = stages.map((stage) => `${stage} ${plan[stage].trials}`).join(', ');
    const line = `${total} trials each (${parts})`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts]
    .map(([line, count]) => `${count} arm${count > 1 ? 's' : ''} of ${line}`)
    .join('; ');
}
