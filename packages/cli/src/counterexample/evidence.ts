import {
  type HarmDuel,
  type HarmEvidence,
  harmOfDuel,
  log2Losses,
  meritOfDuel,
  type SizedArm,
} from '@hyperlaw/report';
import {
  type ArmOutcome,
  type Duel,
  type HarmFindings,
  levelsAt,
  type Point,
  tunedStatus,
} from '@hyperlaw/sweep';
import { constantLoss, taskName } from '@hyperlaw/tasks';
import type { CounterexampleDeclaration, HarmScale } from './declaration.ts';

type Declared = Pick<CounterexampleDeclaration, 'family' | 'harmlessEdges'>;

/** What the rule looks at, from what a study found. */
export function harmEvidence(
  declaration: Declared,
  { sizes }: Pick<HarmScale, 'sizes'>,
  { finalists, searched, ladder, stretched }: HarmFindings,
): HarmEvidence {
  const { family } = declaration;
  const title = (point: Point) => family.titleOf(levelsAt(family.axes, point));
  return {
    finalists: finalists.map(({ point, mean, searchDuel, duels }) => {
      const searched = duelOf(declaration, searchDuel, sizes);
      const found = harmOfDuel(searched).value;
      return {
        task: taskName(lawAt(declaration, point)),
        title: title(point),
        found,
        // The model knows merits: harms less what the smaller net lacks in headroom, as it did on that draw.
        believed: mean + found - meritOfDuel(searched).value,
        duels: duels.map((duel) => duelOf(declaration, duel, sizes)),
      };
    }),
    stretched: stretched.map((duel) => duelOf(declaration, duel, sizes)),
    sample: searched
      .filter(({ round }) => round === 0)
      .map(({ duel }) => duelOf(declaration, duel, sizes)),
    ladder: ladder && {
      title: title(ladder.point),
      sizes: ladder.sizes,
      log2Losses: ladder.draws.map(({ outcomes }) =>
        meanLog2Losses(declaration, ladder.point, outcomes, ladder.sizes),
      ),
      duels: ladder.draws.flatMap(({ draw, outcomes }) => {
        const at = (size: number) => outcomes[ladder.sizes.indexOf(size)];
        const [small, large] = [at(sizes.small), at(sizes.large)];
        const { point } = ladder;
        return small && large ? [duelOf(declaration, { point, draw, small, large }, sizes)] : [];
      }),
    },
  };
}

/** The law of a member, of whatever draw: for its name and for what a constant predictor loses. */
function lawAt({ family }: Pick<Declared, 'family'>, point: Point) {
  return family.lawOf(levelsAt(family.axes, point), 0);
}

/** What a constant predictor loses on a member of the family. */
export function ceilingOf(declaration: Declared, point: Point): number {
  return constantLoss({
    law: lawAt(declaration, point),
    output: { kind: 'regression', dim: 1 },
  });
}

/** A duel as the rule sees it. */
export function duelOf(
  declaration: Declared,
  { point, small, large }: Duel,
  sizes: HarmScale['sizes'],
): HarmDuel {
  return {
    small: sizedArm(declaration, small, sizes.small),
    large: sizedArm(declaration, large, sizes.large),
    ceiling: ceilingOf(declaration, point),
    seeds: small.judged.length || large.judged.length || 1,
  };
}

/** A tuned arm as the rule sees it: edges that no loss is waiting behind are none. */
export function sizedArm(
  { harmlessEdges }: Pick<Declared, 'harmlessEdges'>,
  outcome: ArmOutcome,
  size: number,
): SizedArm {
  const edges = outcome.edges.filter(
    ({ knob, side }) => !harmlessEdges.some((edge) => edge.knob === knob && edge.side === side),
  );
  return {
    size,
    losses: outcome.judged.map(({ loss }) => loss),
    status: tunedStatus({ ...outcome, edges }),
  };
}

/** Mean log2 loss over judging seeds, by size, of one draw. */
export function meanLog2Losses(
  declaration: Declared,
  point: Point,
  outcomes: readonly ArmOutcome[],
  sizes: readonly number[],
): readonly number[] {
  const arms = outcomes.map((outcome, i) => sizedArm(declaration, outcome, sizes[i] ?? 0));
  const seeds = Math.max(1, ...arms.map(({ losses }) => losses.length));
  const rows = log2Losses(arms, { ceiling: ceilingOf(declaration, point), seeds });
  return sizes.map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0) / seeds, 0));
}
