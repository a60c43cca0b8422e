/** What a promise comes to; null as soon as the signal is aborted, and what comes later is forgotten. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  promise: Promise<T>,
): Promise<T | null> {
  const over = new AbortController();
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { signal: over.signal });
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    over.abort();
    promise.catch(() => {});
  }
}
