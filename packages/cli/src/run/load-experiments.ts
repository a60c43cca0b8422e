import type { Experiment } from '@hyperlaw/sweep';
import type { Experiments } from '../laboratory.ts';

/** Loads a suite's functions of experiments from their module's URL; throws one line where it has none. */
export async function loadExperiments(module: string): Promise<Experiments> {
  const loaded = await import(module).catch((error: unknown) => {
    const { message } = error as Error;
    throw new Error(`cannot load experiments: ${message}`, { cause: error });
  });
  const { experiments } = loaded as { experiments?: Experiments };
  if (typeof experiments !== 'object') {
    throw new Error(
      `cannot load experiments: ${module} exports none (export const experiments = { … } satisfies Experiments)`,
    );
  }
  return experiments;
}

/** Throws where an experiment is of a kind that no function measures. */
export function checkKinds(planned: readonly Experiment[], experiments: Experiments): void {
  for (const { name, kind } of planned) {
    if (Object.hasOwn(experiments, kind)) continue;
    const known = Object.keys(experiments).join(', ') || 'none';
    throw new Error(`unknown kind of experiment ${name}: ${kind} (${known})`);
  }
}
