import { canonicalJson } from './canonical-json.ts';
import type { Experiment, Measurement } from './experiment.ts';
import type { ExperimentAttempt, PackOutcome, Runner } from './pool.ts';
import type { Pack } from './trial.ts';

type OnProgress = (modelSteps: number) => void;

/** Trains a pack; whatever is thrown fails the attempt. */
export async function attemptPack(
  runner: Runner,
  pack: Pack,
  onProgress: OnProgress,
): Promise<PackOutcome> {
  try {
    return { kind: 'done', results: await runner(pack, { onProgress }) };
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

/** Makes an experiment; whatever is thrown, and a result that no journal could hold, fails the attempt. */
export async function attemptExperiment(
  { measure }: Runner,
  experiment: Experiment,
  onProgress: OnProgress,
): Promise<ExperimentAttempt> {
  try {
    if (measure === undefined) throw new Error('this runner makes no experiments');
    return { kind: 'done', measurement: asJournalled(await measure(experiment, { onProgress })) };
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A measurement as the journal gives it back, to the bit and to the order of keys; throws where it cannot. */
function asJournalled(measurement: Measurement): Measurement {
  const { result } = measurement;
  if (typeof result !== 'object' || result === null) {
    throw new Error(`experiment gave ${String(result)} (an object)`);
  }
  return JSON.parse(canonicalJson(measurement)) as Measurement;
}
