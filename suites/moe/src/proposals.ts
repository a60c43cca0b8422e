import {
  type ExpertsRule,
  type Knobs,
  lanePlan,
  modelOf,
  optimizerOf,
  type Parameterization,
} from '@hyperlaw/core';
import { type Axis, BASE, type Sizes, shapeOf } from './axes.ts';

/** What is compared: SP, and the rules of core for mixtures of experts. */
export type Proposal = 'sp' | ExpertsRule;

interface ProposalLaw {
  readonly title: string;
  readonly source: string;
  /** The axes that its authors derive it for, or claim. */
  readonly scope: readonly Axis[];
}

/**
 * Every proposal. The scope of those of 2605.14200 is the regime each is derived for: of its μP rules that says that
 * updates are maximal, not that rates transfer, which the paper itself does not find reliable.
 */
export const proposals: Readonly<Record<Proposal, ProposalLaw>> = {
  sp: { title: 'SP', source: 'as practised', scope: ['width'] },
  'router-as-output': {
    title: 'router as output',
    source: '2508.09752',
    scope: ['width', 'experts'],
  },
  'fixed-experts': { title: 'fixed experts', source: '2605.14200, I', scope: ['width'] },
  'all-scaling': { title: 'all-scaling', source: '2605.14200, III', scope: ['all'] },
  'all-scaling-mssp': { title: 'all-scaling MSSP', source: '2605.14200, III', scope: ['all'] },
  bottleneck: { title: 'bottleneck', source: '2605.14200, II', scope: ['fine'] },
  'bottleneck-mssp': { title: 'bottleneck MSSP', source: '2605.14200, II', scope: ['fine'] },
  'scaled-gates': {
    title: 'scaled gates',
    source: '2601.20205',
    scope: ['width', 'sparsity', 'all'],
  },
};

/** Every proposal, SP first. */
export const proposalNames = Object.keys(proposals) as readonly Proposal[];

/** Beside any gradient that nets of these sizes have, so that the rules for ε have nothing to scale. */
const EPSILON = 1e-12;

/** Knobs that are not tuned. Over a few hundred steps the usual β₂ = 0.999 never forgets the first. */
export const fixedKnobs: Knobs = {
  ...{ initScale: 1, richness: 1, beta1: 0.9, beta2: 0.99, epsilon: EPSILON },
};

/** The parameterization of a proposal; the other tensors are in μP. */
export function parameterizationOf(proposal: Proposal): Parameterization {
  if (proposal === 'sp') return { name: 'sp' };
  const { width, count, active } = BASE;
  return {
    ...{ name: 'mup', baseWidth: width },
    experts: { rule: proposal, baseCount: count, baseActive: active },
  };
}

/**
 * A name for the training that a proposal gives a net: the same for proposals that train it alike. Made from the numbers
 * it comes to, tensor by tensor, in the form without multipliers, ε left out (see `EPSILON`).
 */
function trainingOf(proposal: Proposal, sizes: Sizes): string {
  const shape = shapeOf(sizes);
  const { parameters } = modelOf(shape.model, { inputDim: 1, outputDim: 1 });
  const { forms } = lanePlan(
    {
      ...{ parameterization: parameterizationOf(proposal), schedule: { kind: 'constant' } },
      ...{ knobs: { learningRate: 1, ...fixedKnobs }, seed: 0 },
    },
    { shape, parameters, optimizer: optimizerOf(shape.optimizer) },
  );
  return JSON.stringify(
    Object.entries(forms).map(([name, { initStd, rate, alike }]) => [
      ...[name, initStd.toPrecision(9), rate.toPrecision(9), alike ?? false],
    ]),
  );
}

/** For every proposal the first that trains a net as it does. */
export function sameTraining(sizes: Sizes): Readonly<Record<Proposal, Proposal>> {
  const trainings = proposalNames.map(
    (proposal) => [proposal, trainingOf(proposal, sizes)] as const,
  );
  const firsts = trainings.map(([proposal, own]) => {
    const first = trainings.find(([, other]) => other === own)?.[0] ?? proposal;
    return [proposal, first] as const;
  });
  return Object.fromEntries(firsts) as Record<Proposal, Proposal>;
}
