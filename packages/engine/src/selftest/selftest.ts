import * as tf from '@tensorflow/tfjs';
import type { Device } from '../devices/device.ts';
import { type Case, difference, expectedOf, faultsOf, reference, runCases } from './case.ts';
import { exactFamilies, families } from './cases/index.ts';
import { trainNet } from './curve.ts';
import { seeded } from './inputs.ts';
import { nets } from './nets.ts';
import { tolerancesOf } from './tolerances.ts';

/** What became of one part of a self-test. */
export interface SelftestPart {
  /** A family of functions, or a net in training. */
  readonly name: string;
  /** How many of its functions were held to the reference. */
  readonly checks: number;
  /** Where it differs from the reference, a line each; empty where all is well. */
  readonly faults: readonly string[];
}

/** Of a family's functions, those held to the reference in a quick test: every fourth. */
const SAMPLE = 4;

/** Steps of a curve: a few, since errors grow from step to step. */
const STEPS = 30;

/**
 * Holds a device to tfjs' own kernels on the processor: values and gradients of every family of functions (every fourth
 * function, or `every` nth), and whole training curves. Gives the parts one by one; throws nothing, since what cannot run
 * is a fault as well.
 */
export async function* selftest(
  device: Device,
  { every = SAMPLE }: { readonly every?: number } = {},
): AsyncGenerator<SelftestPart> {
  // tfjs advertises its native package on the first use of the reference otherwise.
  tf.env().set('IS_TEST', true);
  const all: Readonly<Record<string, readonly Case[]>> =
    device.kind === 'cpu' ? { ...families, ...exactFamilies } : families;
  for (const [name, known] of Object.entries(all)) {
    const cases = known.filter((_, i) => i % every === 0);
    yield { name, checks: cases.length, faults: await faultsOfFamily(device, cases) };
  }
  for (const make of nets) {
    const net = make(seeded(3));
    yield { name: `training: ${net.name}`, checks: 1, faults: await faultsOfCurve(device, net) };
  }
}

async function faultsOfFamily(device: Device, cases: readonly Case[]): Promise<readonly string[]> {
  const tolerances = tolerancesOf(device.kind);
  try {
    const actual = await runCases(device, cases);
    const expected = await expectedOf(cases);
    return cases.flatMap((test) => faultsOf(test, actual, expected, tolerances));
  } catch (error) {
    if (cases.length === 1) return [`${cases[0]?.name}: ${messageOf(error)}`];
    // One at a time, so that one fault does not hide the others.
    const faults: string[] = [];
    for (const test of cases) faults.push(...(await faultsOfFamily(device, [test])));
    return faults;
  }
}

async function faultsOfCurve(
  device: Device,
  net: ReturnType<(typeof nets)[number]>,
): Promise<readonly string[]> {
  try {
    const perStep = net.perStep(STEPS);
    const expected = await trainNet(reference, net, perStep, [STEPS]);
    const actual = await trainNet(device, net, perStep, [STEPS - 13, 1, 0, 12]);
    const fault = difference(actual.loss, expected.loss, tolerancesOf(device.kind).curve);
    return fault === null ? [] : [`loss: ${fault}`];
  } catch (error) {
    return [messageOf(error)];
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
