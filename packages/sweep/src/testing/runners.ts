import { appendFileSync, readFileSync } from 'node:fs';
import type { PackRunner } from '../trial.ts';
import { landscapeRunner, trainLane, uniform } from './landscape.ts';

/** Makes a landscape runner inside a worker. */
export function createLandscapeRunner(): PackRunner {
  return landscapeRunner;
}

/** A runner that takes some time a lane, told in milliseconds, not the same for all. */
export function createSlowRunner({ milliseconds }: { readonly milliseconds: number }): PackRunner {
  return async (pack, hooks) => {
    const wait = milliseconds * (0.5 + uniform(JSON.stringify(pack.lanes[0])));
    await new Promise((resolve) => setTimeout(resolve, wait * pack.lanes.length));
    return landscapeRunner(pack, hooks);
  };
}

/** How a fatal runner ends its worker. */
export type Death = 'exit' | 'uncaught' | 'throw' | 'memory' | 'nonsense';

/**
 * A runner that dies on packs with the fatal seed in them, the first `times` times as counted in a file
 * that all workers share.
 */
export function createFatalRunner({
  death,
  times,
  seed,
  counter,
}: {
  readonly death: Death;
  readonly times: number;
  readonly seed: number;
  readonly counter: string;
}): PackRunner {
  return async (pack) => {
    if (pack.lanes.some((lane) => lane.seed === seed) && readFileSync(counter).length < times) {
      appendFileSync(counter, '.');
      return die(death);
    }
    return pack.lanes.map((lane) => trainLane(pack, lane));
  };
}

async function die(death: Death): Promise<never[]> {
  switch (death) {
    case 'exit':
      return process.exit(3);
    case 'uncaught':
      setTimeout(() => {
        throw new Error('thrown where nobody waits');
      });
      return new Promise(() => {});
    case 'throw':
      throw new Error('lanes do not fit in memory');
    case 'memory': {
      const hoard: number[][] = [];
      for (;;) hoard.push(new Array<number>(1e6).fill(hoard.length + 0.5));
    }
    case 'nonsense':
      return [];
  }
}
