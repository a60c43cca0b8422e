import type { FillNormal } from '../init-state.ts';

/** A small seeded generator for tests of this package: uniform numbers in [0, 1) from a string (mulberry32). */
export function uniforms(key: string): () => number {
  let state = 2166136261;
  for (let i = 0; i < key.length; i++) state = Math.imul(state ^ key.charCodeAt(i), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers by Box and Muller, the same for the same seed and name. */
export const testNormal: FillNormal = (seed, name, out) => {
  const next = uniforms(`${seed}/${name}`);
  for (let i = 0; i < out.length; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    out[i] = radius * Math.cos(2 * Math.PI * next());
  }
};

/** An array of standard normal numbers. */
export function normals(name: string, length: number, seed = 0): Float32Array {
  const out = new Float32Array(length);
  testNormal(seed, name, out);
  return out;
}
