/** What a promise comes to; null as soon as the signal is aborted, and what comes later is forgotten. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  promise: Promise<T>,
): Promise<T | null> {
  let give = (_: null) => {};
  const aborted = new Promise<null>((resolve) => {
    give = resolve;
  });
  const stop = () => give(null);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    promise.catch(() => {});
  }
}
