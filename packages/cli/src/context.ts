/** The world around a command: everything that is not an argument of it. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  readonly cwd: string;
  readonly home: string;
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
  /** Whether standard output is a terminal, where a line can be written over. */
  readonly live: boolean;
  readonly columns: () => number;
  /** Monotonic seconds. */
  readonly now: () => number;
  readonly date: () => Date;
  /** Aborted when the user has had enough. */
  readonly signal: AbortSignal;
}
