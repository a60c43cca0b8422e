import { costModel } from '@hyperlaw/core';
import type { Hardware } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import { type Case, shapeOf } from './models.ts';
import type { Peer } from './peer-process.ts';
import type { Variant } from './protocol.ts';
import { type Contestant, type Entered, stepsPerCall } from './race.ts';

/** Lanes that the peers may choose among: on a GPU narrow nets fill the device by the hundreds. */
const peerLanes = (hardware: Hardware) =>
  hardware === 'processor' ? [1, 8, 32] : [1, 16, 64, 256, 1024];
const UPDATES = ['loop', 'foreach', 'fused'] as const;

/** Who takes part beside hyperlaw: the `usual` peers, or `every` one, compilers and precisions too. */
export type Field = 'usual' | 'every';

/** Calls of hyperlaw's, which have up to 100 steps as in a sweep, may take so many times as long as its peers'. */
const LONGER = 10;

/** The processes that are there. */
export interface Peers {
  readonly hyperlaw: Peer;
  readonly torch: Peer | null;
  readonly jax: Peer | null;
}

/** Who takes part in a case, hyperlaw first, and in which variants. */
export function contestantsOf(
  law: Case,
  {
    peers: { hyperlaw, torch, jax },
    task,
    lanes,
    hardware,
    field,
  }: {
    readonly peers: Peers;
    readonly task: Task;
    readonly lanes: number;
    readonly hardware: Hardware;
    readonly field: Field;
  },
): readonly Contestant[] {
  const variant = (count: number): Variant => ({
    lanes: count,
    stepsPerCall: stepsPerCall(law, task, count),
  });
  const own = Math.min(100, LONGER * stepsPerCall(law, task, lanes));
  const oneModel = UPDATES.map((update) => ({ ...variant(1), kind: 'one' as const, update }));
  const several = peerLanes(hardware);
  const batched = several
    .slice(1)
    .flatMap((count) =>
      UPDATES.map((update) => ({ ...variant(count), kind: 'batched' as const, update })),
    );
  const usual: readonly Contestant[] = [
    { name: 'hyperlaw', peer: hyperlaw, variants: [{ lanes, stepsPerCall: own }] },
    ...(torch ? [{ name: 'torchEager' as const, peer: torch, variants: oneModel }] : []),
    ...(torch ? [{ name: 'torchBatched' as const, peer: torch, variants: batched }] : []),
  ];
  const inJax = several.map(variant);
  if (field === 'usual') {
    return [...usual, ...(jax ? [{ name: 'jax' as const, peer: jax, variants: inJax }] : [])];
  }
  return [
    ...usual,
    ...(torch
      ? [{ name: 'torchCompiled' as const, peer: torch, variants: compiled(hardware) }]
      : []),
    ...(jax
      ? [
          { name: 'jaxHighest' as const, peer: jax, variants: inJax },
          { name: 'jaxDefault' as const, peer: jax, variants: inDefaultPrecision },
        ]
      : []),
  ];
}

/**
 * What is compiled takes half a minute to compile, so it has the number of models that is fastest eagerly. Captured graphs
 * of kernels (`reduce-overhead`) are there on GPUs alone.
 */
function compiled(hardware: Hardware) {
  const modes =
    hardware === 'processor' ? (['default'] as const) : (['default', 'reduce-overhead'] as const);
  return ({ torchBatched }: Entered): readonly Variant[] =>
    torchBatched === undefined
      ? []
      : modes.flatMap((compile) =>
          (['compiled', 'fused'] as const).map((update) => ({ ...torchBatched, compile, update })),
        );
}

const inDefaultPrecision = ({ jaxHighest }: Entered): readonly Variant[] =>
  jaxHighest === undefined ? [] : [{ ...jaxHighest, precision: 'default' }];

/** The number of lanes that a sweep would choose for a case. */
export function chosenLanes(law: Case, task: Task, memoryBytes: number): number {
  const model = costModel({ taskOf: () => task, memoryBytes });
  return model.lanesFor({ task: task.law, shape: shapeOf(law), steps: 1000 });
}
