import { harmOfDuel, meritOfDuel } from '@hyperlaw/report';
import type { Arm, Duel, HarmDesign } from '@hyperlaw/sweep';
import { countOf, indexOf, levelsAt, type Point } from '@hyperlaw/sweep';
import { permutation } from '@hyperlaw/tasks';
import type { CounterexampleDeclaration, HarmScale } from './declaration.ts';
import { duelOf } from './evidence.ts';

/** The study that a declaration means, at a scale. */
export function designOf(
  declaration: CounterexampleDeclaration,
  { sizes, steps }: HarmScale,
): HarmDesign {
  const { family, seed } = declaration;
  const { axes } = family;
  return {
    axes,
    order: permutation(countOf(axes), ['counterexample', seed]),
    sizes,
    armOf: (point, { size, draw, stretch = 1 }) =>
      armOf(declaration, point, { size, draw, steps: stretch * steps }),
    meritOf: (duel: Duel) => meritOfDuel(duelOf(declaration, duel, sizes)),
    harmOf: (duel: Duel) => harmOfDuel(duelOf(declaration, duel, sizes)).value,
  };
}

function armOf(
  { family, netOf, seed, words }: CounterexampleDeclaration,
  point: Point,
  where: { readonly size: number; readonly draw: number; readonly steps: number },
): Arm {
  const { axes, lawOf, titleOf } = family;
  const { size, draw, steps } = where;
  const levels = levelsAt(axes, point);
  return {
    name: `${titleOf(levels)}, ${words.size} ${size}, draw ${draw}`,
    task: lawOf(levels, instanceOf({ seed, draw, member: indexOf(axes, point) })),
    data: [],
    ...netOf(size, levels),
    steps,
  };
}

/** Members and draws, at most; their product and the seeds stay exact integers. */
const MEMBERS = 2 ** 20;
const DRAWS = 2 ** 10;

/** Every draw of every member has directions and training set of its own. Throws where there are too many. */
function instanceOf({
  seed,
  draw,
  member,
}: {
  readonly seed: number;
  readonly draw: number;
  readonly member: number;
}): number {
  if (member >= MEMBERS || draw >= DRAWS) {
    throw new Error(`unknown draw: ${draw} of member ${member} (below ${DRAWS} of ${MEMBERS})`);
  }
  return (seed * DRAWS + draw) * MEMBERS + member;
}
