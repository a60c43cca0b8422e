/** Throws where the command was interrupted: what the processes that try devices say then is not of the devices. */
export async function refuseInterrupted(signal: AbortSignal): Promise<void> {
  // An interrupt ends those processes too, and may be told of after them.
  await new Promise(setImmediate);
  if (signal.aborted) throw new Error('interrupted');
}
