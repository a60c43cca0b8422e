/** Told where work stands, and lines to keep. */
export interface Progress<State> {
  update(state: State): void;
  /** Prints a line that stays. */
  line(text: string): void;
  /** Prints the last state for good. */
  finish(): void;
}

const LIVE_SECONDS = 0.1;
const PLAIN_SECONDS = 5;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * Shows progress as a live line on a terminal, and as a plain line every few seconds elsewhere. `format` makes
 * a state one line, `now` gives seconds, `columns` the width of the terminal.
 */
export function createProgress<State>({
  format,
  write,
  live,
  columns = () => 80,
  now,
}: {
  readonly format: (state: State) => string;
  readonly write: (text: string) => void;
  readonly live: boolean;
  readonly columns?: () => number;
  readonly now: () => number;
}): Progress<State> {
  const every = live ? LIVE_SECONDS : PLAIN_SECONDS;
  let shownAt = -Infinity;
  let last: State | null = null;
  const show = (state: State) => {
    const text = format(state);
    write(live ? CLEAR_LINE + text.slice(0, Math.max(1, columns() - 1)) : `${text}\n`);
  };
  return {
    update(state) {
      last = state;
      if (now() - shownAt < every) return;
      shownAt = now();
      show(state);
    },
    line(text) {
      write(live ? `${CLEAR_LINE}${text}\n` : `${text}\n`);
      if (live && last !== null) show(last);
    },
    finish() {
      if (last !== null) show(last);
      if (last !== null && live) write('\n');
      last = null;
    },
  };
}
