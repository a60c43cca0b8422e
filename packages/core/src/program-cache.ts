interface Disposable {
  dispose(): Promise<void>;
}

/** Compiled programs by key; beyond `limit` the least recently used is disposed of. */
export function programCache<P extends Disposable>({
  limit = 2,
} = {}): {
  get(key: string, compile: () => Promise<P>): Promise<P>;
} {
  const programs = new Map<string, P>();
  return {
    async get(key, compile) {
      const known = programs.get(key);
      if (known) {
        programs.delete(key);
        programs.set(key, known);
        return known;
      }
      // Before another is compiled, since sessions keep what they ever needed.
      const oldest = programs.entries().next().value;
      if (oldest && programs.size >= limit) {
        programs.delete(oldest[0]);
        await oldest[1].dispose();
      }
      const made = await compile();
      programs.set(key, made);
      return made;
    },
  };
}
