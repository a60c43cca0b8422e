import * as tf from '@tensorflow/tfjs';

/**
 * Runs a synchronous function with a tfjs backend current, and puts the one before back.
 * The backend's factory must be synchronous, as are those of tracing, of `cpu` and of `tensorflow`.
 */
export function onBackend<T>(name: string, run: () => T): T {
  const previous = tf.getBackend();
  use(name);
  try {
    return run();
  } finally {
    use(previous);
  }
}

function use(name: string): void {
  if (name) void tf.setBackend(name);
}
