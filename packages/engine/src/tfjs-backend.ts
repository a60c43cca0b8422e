import * as tf from '@tensorflow/tfjs';

/**
 * Runs a synchronous function with a tfjs backend current, and puts the one before back.
 * The backend's factory must be synchronous, as are those of tracing, of `cpu` and of `tensorflow`.
 */
export function onBackend<T>(name: string, run: () => T): T {
  // Where none is chosen yet, let tfjs choose: there is no going back to none.
  if (!tf.getBackend()) tf.backend();
  const previous = tf.getBackend();
  void tf.setBackend(name);
  try {
    return run();
  } finally {
    void tf.setBackend(previous);
  }
}
