import type { Profile } from '@hyperlaw/cli';
import type { Experiment } from '@hyperlaw/sweep';
import { loadTask, randomStream } from '@hyperlaw/tasks';
import {
  expectedLossCurve,
  expectedSquaredNorm,
  linearGradientMoments,
  tradeOffAt,
} from '@hyperlaw/theory';
import { describe, expect, it } from 'vitest';
import { findingOf } from '../../finding-of.ts';
import { madeUpEvidence } from '../../testing/made-up-evidence.ts';
import { gradientNoise } from './law.ts';
import type { LinearDescentInput } from './linear-descent.ts';
import { initialSquaredErrors, problem } from './linear-regression.ts';
import type { NetRaceInput } from './net-race.ts';
import type { NoiseScaleInput } from './noise-scale.ts';

/** How a made-up world departs from theory. */
interface World {
  /** Of d + 1 + σ²d. */
  readonly scaleFactor?: number;
  /** Whether SGD's noise is left out. */
  readonly noiseless?: boolean;
  /** Steps of nets; the hyperbola by default. */
  readonly netSteps?: (batch: number) => number;
  /** The batch size at which a rate at the end of those tried on linear regression is best. */
  readonly edgeAt?: number;
}

const tasks = await Promise.all(
  (gradientNoise.tasks?.('standard') ?? []).map((law) => loadTask(law, { data: '/nowhere' })),
);
const normals = new Float32Array(4096);
randomStream({ seed: 5, role: 'test' }).fillNormal(0, normals);
let drawn = 0;
const normal = (): number => normals[drawn++ % normals.length] as number;
const hyperbolic = (batch: number) =>
  tradeOffAt({ minimumSteps: 30, minimumExamples: 3000 }, batch).steps;

function madeUp({ kind, input }: Experiment, world: World): object {
  switch (kind) {
    case 'noiseScale': {
      const { inputDim, noise, small, big, groups } = input as NoiseScaleInput;
      const residual = Array.from({ length: inputDim }, () => inputDim ** -0.5);
      const exact = linearGradientMoments({
        eigenvalues: residual.map(() => 1),
        residual,
        labelNoise: noise,
      });
      const moments = {
        ...exact,
        covarianceTrace: (world.scaleFactor ?? 1) * exact.covarianceTrace,
      };
      const around = (batch: number) =>
        Array.from(
          { length: groups },
          () => expectedSquaredNorm(moments, batch) * (1 + 0.05 * normal()),
        );
      return { small: around(small.batch), big: around(big.batch) };
    }
    case 'linearDescent': {
      const { batch, rates, groups, checkpoints } = input as LinearDescentInput;
      const population = batch === 'population' || world.noiseless === true;
      return {
        losses: rates.map((learningRate) => {
          const curve = expectedLossCurve(problem, {
            learningRate,
            batchSize: population ? Number.POSITIVE_INFINITY : (batch as number),
            initialSquaredErrors,
            steps: checkpoints.at(-1) ?? 0,
          });
          return Array.from({ length: groups }, () => {
            const scatter = batch === 'population' ? 0 : 0.03 * normal();
            const end = batch === world.edgeAt && learningRate === Math.max(...rates) ? 0.5 : 1;
            return checkpoints.map((step) => end * (curve[step] as number) * (1 + scatter));
          });
        }),
      };
    }
    default: {
      const { batch, target, seeds } = input as NetRaceInput;
      const best = (world.netSteps ?? hyperbolic)(batch);
      const checkpoints = Array.from({ length: 60 }, (_, k) => (best / 20) * 1.1 ** k);
      const norms = (batchSize: number) => ({ batchSize, squaredNorm: 1 + 100 / batchSize });
      const noise = { small: norms(16), big: norms(512) };
      return {
        rates: [0.07, 0.1, 0.14],
        checkpoints,
        losses: [1.05, 1, 1.05].map((slow) =>
          seeds.map(() => {
            const own = best * slow * (1 + 0.05 * normal());
            return checkpoints.map((step) => target * (own / step) ** 0.5);
          }),
        ),
        start: noise,
        arrived: noise,
      };
    }
  }
}

function found(world: World, failing?: string) {
  const planned = { plan: (profile: Profile) => gradientNoise.plan(profile, tasks) };
  const evidence = madeUpEvidence(planned, (experiment) =>
    experiment.name === failing ? null : madeUp(experiment, world),
  );
  return findingOf(gradientNoise, { ...evidence, tasks });
}

const failed = (world: World) =>
  found(world).claims.flatMap(({ name, verdict }) => (verdict === 'refuted' ? [name] : []));

describe('the law of gradient noise', () => {
  it('holds where the world is as theory says', () => {
    const { verdict, figures } = found({});
    expect(verdict).toBe('supported');
    expect(figures.map(({ chart }) => chart.spec('wide'))).toHaveLength(4);
  });

  it('fails where gradients are noisier', () => {
    expect(failed({ scaleFactor: 1.1 })).toEqual([expect.stringMatching(/^B_simple/)]);
  });

  it('fails where SGD has no noise', () => {
    expect(failed({ noiseless: true }).join()).toMatch(/B = 1.*B = 8.*Steps to the target/);
  });

  it('fails where steps fall as a power of the batch that turns nowhere', () => {
    const names = failed({ netSteps: (batch) => 4000 / batch ** 0.5 }).join('\n');
    for (const title of ['teacher', 'TypeScript bytes']) {
      expect(names).toMatch(new RegExp(`Steps off the fitted hyperbola.*: ${title}`));
      expect(names).toMatch(new RegExp(`Sharpness of the turn.*: ${title}`));
    }
  });

  it('fails where steps turn at a corner, or far from B_simple', () => {
    const corner = failed({ netSteps: (batch) => 30 * Math.max(1, 100 / batch) });
    expect(corner.join()).toMatch(/Sharpness of the turn.*teacher.*Sharpness of the turn.*bytes/);
    const law = { minimumSteps: 30, minimumExamples: 30 * 400 };
    expect(failed({ netSteps: (batch) => tradeOffAt(law, batch).steps })).toEqual([
      expect.stringMatching(/^Critical batch size over B_simple.*teacher$/),
      expect.stringMatching(/^Critical batch size over B_simple.*bytes$/),
    ]);
  });

  it('says so where an experiment failed', () => {
    const { verdict, text } = found({}, 'gradient-noise descent B=8');
    expect(verdict).toBe('inconclusive');
    expect(text.join()).toContain('could not be measured');
  });

  it('keeps its other parts where one was not measured', () => {
    const whole = found({}).claims;
    const { claims, figures } = found({}, 'gradient-noise linear race B=8');
    const missing = claims.filter(({ test }) => test === 'not measured').map(({ name }) => name);
    expect(missing).toEqual(['Steps to a loss against batch size: linear regression']);
    expect(claims).toHaveLength(whole.length - 5 + 1);
    expect(figures).toHaveLength(4);
  });

  it('is undecided of tasks whose data could not be had', () => {
    const planned = { plan: (profile: Profile) => gradientNoise.plan(profile, []) };
    const evidence = madeUpEvidence(planned, (experiment) => madeUp(experiment, {}));
    const { claims } = findingOf(gradientNoise, { ...evidence, tasks: [] });
    const missing = claims.filter(({ test }) => test === 'not measured').map(({ name }) => name);
    expect(missing.map((name) => name.split(': ')[1])).toEqual(['teacher', 'TypeScript bytes']);
  });

  it('is undecided where a batch size is left out of its fits', () => {
    const edge = found({ edgeAt: 8 }).claims.filter(({ note }) => note?.includes('at batch 8'));
    expect(edge.map(({ verdict }) => verdict)).toContain('inconclusive');
    expect(edge.every(({ verdict }) => verdict === 'inconclusive')).toBe(true);
  });
});
