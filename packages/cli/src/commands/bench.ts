import type { Context } from '../context.ts';
import { houseAround, loadProgram } from '../house.ts';

/** What `scripts/device-bench.ts` exports: benchmarks stand beside the packages that they measure. */
interface Benchmark {
  readonly deviceBench: (
    words: readonly string[],
    world: {
      readonly env: Context['env'];
      readonly say: (line: string) => void;
      readonly note: (line: string) => void;
      readonly now: () => number;
      readonly signal: AbortSignal;
    },
  ) => Promise<number>;
}

/** `hyperlaw bench`: how fast every device is that starts, beside its floors and its peers. */
export async function bench(given: readonly string[], context: Context): Promise<number> {
  const { env, now, signal } = context;
  const { deviceBench } = await loadProgram<Benchmark>(houseAround(context.cwd), 'device-bench');
  return deviceBench(given, {
    ...{ env, now, signal },
    say: (line) => context.write(`${line}\n`),
    note: (line) => context.complain(`${line}\n`),
  });
}
