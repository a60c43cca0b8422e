import type { Context } from '../context.ts';

/** A world in memory that keeps what was written to it. */
export interface MadeUpContext extends Context {
  readonly written: () => string;
  readonly complaints: () => string;
}

/** A world with no terminal, no environment and a clock that stands still. */
export function madeUpContext(changes: Partial<Context> = {}): MadeUpContext {
  let written = '';
  let complaints = '';
  return {
    env: {},
    cwd: '/nowhere',
    home: '/nowhere',
    write: (text) => {
      written += text;
    },
    complain: (text) => {
      complaints += text;
    },
    live: false,
    columns: () => 80,
    now: () => 0,
    date: () => new Date(0),
    signal: new AbortController().signal,
    ...changes,
    written: () => written,
    complaints: () => complaints,
  };
}
