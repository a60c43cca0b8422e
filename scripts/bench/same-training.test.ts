/**
 * The benchmark's claim is that all its contestants do the same training. Given the same weights, batches and
 * knobs, their loss curves must therefore agree to float32 round-off.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { models, optimizers } from './models.ts';
import type { Peer } from './peer-process.ts';
import { NO_PYTHON, peersPython, startHyperlaw, startPythonPeer } from './peers.ts';
import { loadBenchTasks, type Problem, writeProblem } from './problem.ts';
import type { Variant } from './protocol.ts';
import { largestDifference } from './statistics.ts';

const STEPS = 20;
const python = peersPython(process.env);
if (python === null) console.warn(`skipped, the same training in torch and JAX: ${NO_PYTHON}`);

/** One step's sums of up to 64 terms round to about 4e-7 of the loss. */
const TOLERANCE = 5e-6;

const place = { hardware: 'processor', environment: process.env } as const;

const hasCompiler = spawnSync('g++', ['--version']).status === 0;

const once: Variant = { lanes: 1, stepsPerCall: STEPS };
const several: Variant = { lanes: 3, stepsPerCall: STEPS };
const trainings = [
  ['torch, one model', 'torch', { ...once, kind: 'one', update: 'foreach' }],
  ['torch, one model, fused', 'torch', { ...once, kind: 'one', update: 'fused' }],
  ['torch, batched', 'torch', { ...several, kind: 'batched', update: 'loop' }],
  ['jax', 'jax', several],
  ['jax, default precision', 'jax', { ...several, precision: 'default' }],
] as const satisfies readonly (readonly [string, 'torch' | 'jax', Variant])[];

describe.skipIf(python === null)('the same training', () => {
  let folder = '';
  let peers: Record<'hyperlaw' | 'torch' | 'jax', Peer>;
  const problems: Partial<Record<string, Problem>> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperlaw-bench-'));
    const [hyperlaw, torch, jax] = await Promise.all([
      startHyperlaw('cpu', place),
      startPythonPeer(python ?? '', 'torch', place),
      startPythonPeer(python ?? '', 'jax', place),
    ]);
    peers = { hyperlaw, torch, jax };
    const tasks = await loadBenchTasks();
    for (const model of models) {
      for (const optimizer of optimizers) {
        const law = { model, optimizer, width: 32 };
        const options = { folder, steps: STEPS, task: tasks[model] };
        problems[`${model}, ${optimizer}`] = await writeProblem(law, options);
      }
    }
    const law = { model: 'mlp', optimizer: 'adam', width: 256 } as const;
    problems.wide = await writeProblem(law, { folder, steps: STEPS, task: tasks.mlp });
  });

  afterAll(async () => {
    await Promise.all(Object.values(peers ?? {}).map((peer) => peer.close()));
    await rm(folder, { recursive: true });
  });

  const curve = async (peer: Peer, which: string, variant: Variant) => {
    const problem = problems[which] as Problem;
    await peer.ask({ do: 'setup', id: 'curve', problem, ...variant });
    const { losses } = await peer.ask({ do: 'curve', id: 'curve' });
    expect(losses).toHaveLength(STEPS);
    return losses;
  };

  const cases = models.flatMap((model) => optimizers.map((optimizer) => ({ model, optimizer })));
  for (const { model, optimizer } of cases) {
    for (const [title, library, variant] of trainings) {
      it(`${model}, ${optimizer}: ${title} and hyperlaw have one loss curve`, async () => {
        const which = `${model}, ${optimizer}`;
        const ours = await curve(peers.hyperlaw, which, several);
        const theirs = await curve(peers[library], which, variant);
        expect(largestDifference(theirs, ours)).toBeLessThan(TOLERANCE);
        // It did train: another optimizer or rate would show.
        const share = model === 'mlp' ? 0.8 : 0.95;
        expect(ours.at(-1)).toBeLessThan(share * (ours[0] as number));
      });
    }
  }

  // 1 − β^t in float32 is off by 1e-5 in the first steps; the losses of a wide net show it, narrow ones hardly.
  it.each(['torch', 'jax'] as const)(
    'mlp of width 256, adam: %s corrects biases exactly',
    async (library) => {
      const variant: Variant =
        library === 'jax' ? once : { ...once, kind: 'one', update: 'foreach' };
      const ours = await curve(peers.hyperlaw, 'wide', once);
      const theirs = await curve(peers[library], 'wide', variant);
      expect(largestDifference(theirs, ours)).toBeLessThan(TOLERANCE);
    },
  );

  // Transformers are not compiled: half a minute each on one core. Where no C++ compiler is, torch cannot compile at all.
  const compiled = [
    ['sgd', 'fused'],
    ['adam', 'compiled'],
  ] as const;
  it.skipIf(!hasCompiler).each(compiled)(
    'mlp, %s: torch.compile, %s',
    async (optimizer, update) => {
      const which = `mlp, ${optimizer}`;
      const ours = await curve(peers.hyperlaw, which, several);
      const theirs = await curve(peers.torch, which, {
        ...{ ...several, kind: 'batched', compile: 'default', update },
      });
      expect(largestDifference(theirs, ours)).toBeLessThan(TOLERANCE);
    },
  );
});
