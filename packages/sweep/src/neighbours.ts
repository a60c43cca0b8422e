import type { Arm } from './arm.ts';
import type { Knob } from './space.ts';

/** The arms that stand beside an arm; symmetric: an arm is a neighbour of each of its neighbours. */
export type Neighbours = (arm: Arm) => readonly Arm[];

/**
 * Arms are neighbours where one follows the other on some ladder: sizes in their order, all else being the same. An arm
 * may stand on several ladders, and is known by its name.
 */
export function neighboursOn(ladders: readonly (readonly Arm[])[]): Neighbours {
  const beside = new Map<string, Map<string, Arm>>();
  const add = ({ name }: Arm, neighbour: Arm) =>
    beside.set(name, (beside.get(name) ?? new Map<string, Arm>()).set(neighbour.name, neighbour));
  for (const ladder of ladders) {
    ladder.slice(1).forEach((upper, n) => {
      const lower = ladder[n]!;
      if (lower.name === upper.name) return;
      add(lower, upper);
      add(upper, lower);
    });
  }
  return ({ name }) => [...(beside.get(name)?.values() ?? [])];
}

/**
 * Throws where an arm has a neighbour that is not among the arms (nobody would account for its trials), itself, one that
 * does not know it for a neighbour, or one whose knobs stand on another lattice, so that coordinates do not carry over.
 */
export function checkNeighbours(arms: readonly Arm[], neighbours: Neighbours): void {
  const all = new Set(arms.map(({ name }) => name));
  for (const arm of arms) {
    const lattice = latticeOf(arm);
    for (const other of neighbours(arm)) {
      const who = `${other.name} of ${arm.name}`;
      if (other.name === arm.name || !all.has(other.name)) {
        throw new Error(`unknown neighbour: ${who} (another arm of the sweep)`);
      }
      if (!neighbours(other).some(({ name }) => name === arm.name)) {
        throw new Error(`one-sided neighbour: ${who} (each of the other)`);
      }
      if (latticeOf(other) !== lattice) {
        throw new Error(`neighbour with other knobs: ${who} (${latticeOf(other)}; ${lattice})`);
      }
    }
  }
}

/** What lattice coordinates mean: knobs in their order, with the value at 0 and the ratio of a step. */
function latticeOf({ space }: Arm): string {
  const step = ({ name, base, factor = 2 }: Knob) => `${name} ${base} × ${factor}^n`;
  return space.map(step).join(', ');
}
