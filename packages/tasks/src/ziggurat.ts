/**
 * The ziggurat of Marsaglia and Tsang, "The ziggurat method for generating random variables"
 * (J. Stat. Softw. 5(8), 2000), for the standard normal law, 256 layers of equal area. One 32-bit
 * word gives one variate in 98.7 % of the draws: 8 bits choose the layer and the other 24, signed,
 * the place in it (Doornik's remark of 2005: the two must not share bits).
 */

const LAYERS = 256;
/** Where the tail begins, and the area of a layer under exp(−x²/2), from the paper. */
const TAIL = 3.6541528853610088;
const AREA = 0.00492867323399;
const SCALE = 2 ** 23;

const density = (x: number): number => Math.exp(-0.5 * x * x);

function edges(): Float64Array {
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = AREA / density(TAIL);
  edge[1] = TAIL;
  for (let layer = 2, x = TAIL; layer < LAYERS; layer++) {
    x = Math.sqrt(-2 * Math.log(AREA / x + density(x)));
    edge[layer] = x;
  }
  // Each edge comes of the one below: a slip in any of them shows here, where the areas must add up to the curve's.
  const top = edge[LAYERS - 1] as number;
  if (!(Math.abs(AREA / top + density(top) - 1) < 1e-9)) {
    throw new Error(
      'the ziggurat does not close: this processor, or its memory, has made an error',
    );
  }
  return edge;
}

const edge = edges();
const step = edge.subarray(0, LAYERS).map((x) => x / SCALE);
const inside = Int32Array.from(step, (width, layer) =>
  Math.floor((edge[layer + 1] as number) / width),
);

/**
 * Right edges of the layers from the base up, and 0 at the top (`edge`); what a signed 24-bit integer
 * is multiplied by in each layer (`step`); and the magnitude below which such an integer lies inside
 * the curve whatever the height, so that it is accepted at once (`inside`).
 */
export const zigguratTables = { edge, step, inside } as const;

/** A uniform number in (0, 1) from a word, of 32 bits' resolution. */
const uniform = (word: number): number => ((word >>> 0) + 0.5) * 2 ** -32;

/**
 * The variate of a word that the quick test did not accept: the wedge or the tail decides, with as
 * many further blocks of four words as it takes; `refill` writes block number `attempt` to `words`.
 */
export function normalFromRejected(
  rejected: number,
  words: Int32Array,
  refill: (attempt: number) => void,
): number {
  let word = rejected;
  for (let attempt = 1; ; attempt++) {
    refill(attempt);
    const layer = word & 0xff;
    const place = word >> 8;
    const value = (place + 0.5) * (step[layer] as number);
    const next = words[0] as number;
    const first = words[1] as number;
    const second = words[2] as number;
    if (layer === 0) {
      if (Math.abs(value) < TAIL) return value;
      const beyond = -Math.log(uniform(first)) / TAIL;
      if (-2 * Math.log(uniform(second)) > beyond * beyond) {
        return place < 0 ? -TAIL - beyond : TAIL + beyond;
      }
    } else {
      const bottom = density(edge[layer] as number);
      const top = density(edge[layer + 1] as number);
      if (bottom + uniform(first) * (top - bottom) < density(value)) return value;
      word = next;
      if (accepted(word)) return ((word >> 8) + 0.5) * (step[word & 0xff] as number);
    }
  }
}

function accepted(word: number): boolean {
  const place = word >> 8;
  return (place ^ (place >> 31)) < (inside[word & 0xff] as number);
}
