/**
 * Turns uniform numbers in [0, 1) into a dropout mask in place: 0 where a feature is dropped, `1/(1 − rate)` where
 * it stays, so that expectations do not change (1207.0580). Masks are made on the host, one lane at a time, from the
 * lane's own noise stream, and fed like a batch.
 */
export function dropoutMask(uniforms: Float32Array, rate: number): Float32Array {
  const kept = 1 / (1 - rate);
  for (let i = 0; i < uniforms.length; i++) uniforms[i] = (uniforms[i] ?? 0) < rate ? 0 : kept;
  return uniforms;
}
