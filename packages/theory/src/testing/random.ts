const M1 = 4294967087;
const M2 = 4294944443;

/** For tests: a source of uniform numbers in (0, 1), MRG32k3a of L'Ecuyer (1999), exact in float64. */
export function uniformSource(seed: number): () => number {
  let x: [number, number, number] = [12345, 12345, (seed >>> 0) % M1];
  let y: [number, number, number] = [12345, 12345, 12345];
  const next = (): number => {
    const a = (1403580 * x[1] - 810728 * x[0]) % M1;
    const b = (527612 * y[2] - 1370589 * y[0]) % M2;
    x = [x[1], x[2], a < 0 ? a + M1 : a];
    y = [y[1], y[2], b < 0 ? b + M2 : b];
    const difference = x[2] - y[2];
    return (difference > 0 ? difference : difference + M1) / (M1 + 1);
  };
  // Nearby seeds begin alike: a few dozen steps part them.
  for (let i = 0; i < 50; i++) next();
  return next;
}

/** For tests: a source of standard normal numbers, by Box and Muller's pairs. */
export function normalSource(seed: number): () => number {
  const uniform = uniformSource(seed);
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
