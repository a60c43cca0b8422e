import { costModel } from '@hyperlaw/core';
import type { Task } from '@hyperlaw/tasks';
import { type Case, shapeOf } from './models.ts';
import type { Peer } from './peer-process.ts';
import type { Variant } from './protocol.ts';
import { type Contestant, stepsPerCall } from './race.ts';

/** Lanes that the peers may choose among: on a GPU narrow nets fill the device by the hundreds. */
const peerLanes = (device: string) => (device === 'cpu' ? [1, 8, 32] : [1, 16, 64, 256, 1024]);
const UPDATES = ['loop', 'foreach', 'fused'] as const;

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
    device,
  }: {
    readonly peers: Peers;
    readonly task: Task;
    readonly lanes: number;
    readonly device: string;
  },
): readonly Contestant[] {
  const variant = (count: number): Variant => ({
    lanes: count,
    stepsPerCall: stepsPerCall(law, task, count),
  });
  const own = Math.min(100, LONGER * stepsPerCall(law, task, lanes));
  const oneModel = UPDATES.map((update) => ({ ...variant(1), kind: 'one' as const, update }));
  const several = peerLanes(device);
  const batched = several
    .slice(1)
    .flatMap((count) =>
      UPDATES.map((update) => ({ ...variant(count), kind: 'batched' as const, update })),
    );
  return [
    { name: 'hyperlaw', peer: hyperlaw, variants: [{ lanes, stepsPerCall: own }] },
    ...(torch ? [{ name: 'torchEager' as const, peer: torch, variants: oneModel }] : []),
    ...(torch ? [{ name: 'torchBatched' as const, peer: torch, variants: batched }] : []),
    ...(jax ? [{ name: 'jax' as const, peer: jax, variants: several.map(variant) }] : []),
  ];
}

/** The number of lanes that a sweep would choose for a case. */
export function chosenLanes(law: Case, task: Task, memoryBytes: number): number {
  const model = costModel({ taskOf: () => task, memoryBytes });
  return model.lanesFor({ task: task.law, shape: shapeOf(law), steps: 1000 });
}
