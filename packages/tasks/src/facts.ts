import { type Checks, checkLaw, instanceCheck, integer, number } from './check.ts';
import { targetStream } from './online-task.ts';
import { permutation } from './permutation.ts';
import { randomStream } from './random-stream.ts';
import type { Split, Task, TokenStream } from './task.ts';

/**
 * A language of facts whose frequencies follow a power law, the setting in which a skill is learnt or not and the rare
 * ones come last (2303.13506, 2310.02984): its difficulty is one exponent.
 *
 * - Input: the `length` tokens of a fact's name, of a vocabulary of `symbols`, each one token, or for models that read
 *   vectors a fixed Gaussian code of `codeDim` dimensions drawn by `instance`, one after the other. An example is fact
 *   i = 1 … `facts` with probability p_i ∝ i^−(1 + `exponent`); `instance` draws which names facts have, uniformly among
 *   all symbols^length of them, so that neither rank nor answer shows in a name.
 * - Target: the fact's answer, a token drawn uniformly by `instance`: the next token after the name.
 * - Noise: with probability `noise` the answer is drawn anew for this example alone.
 * - Best loss: the entropy of the noise, 0 without it. The loss of a model that knows the k most frequent facts and
 *   guesses the others is ln(symbols) Σ_{i>k} p_i ∝ k^−`exponent`, while k ≪ `facts`.
 *
 * Every example is fresh: streams are counter-based, and no text is kept. A loss near its best is made of rare facts, and
 * a random sample of them would be the most of its noise. So held-out facts are a systematic sample: fact e stands at the
 * quantile u + eφ of the frequencies, modulo 1, φ the golden ratio and u drawn by the seed, which says every fact as often
 * as it should be said; and there are more of them than of other tasks' examples.
 */
export interface FactsLaw {
  readonly kind: 'facts';
  readonly symbols: number;
  readonly length: number;
  readonly facts: number;
  /** a > 0: the larger, the rarer are rare facts, the easier the language. */
  readonly exponent: number;
  readonly noise: number;
  readonly codeDim: number;
  readonly instance: number;
}

const checks: Checks<FactsLaw> = {
  symbols: integer(2, 1024),
  length: integer(1, 16),
  facts: integer(2, 2 ** 20),
  exponent: number(0.01, 10),
  noise: number(0, 1),
  codeDim: integer(1, 1024),
  instance: instanceCheck,
};

/** Held-out examples: at 1 % of guesses, 160 rare facts. */
const HELD_OUT = 16_384;

/** The golden ratio's fraction in steps of 1/RESOLUTION: multiples of it lie as evenly as can be. */
const GOLDEN = Math.round(((Math.sqrt(5) - 1) / 2) * 2 ** 31);

/** Steps of the cumulative frequencies: as fine as integers are drawn. */
const RESOLUTION = 2 ** 31;

/** Probabilities of the facts, `[facts]`, falling. */
export function factFrequencies({
  facts,
  exponent,
}: Pick<FactsLaw, 'facts' | 'exponent'>): Float64Array {
  const raw = Float64Array.from({ length: facts }, (_, i) => (i + 1) ** -(1 + exponent));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((p) => p / sum);
}

/** Names `[facts, length]` and answers `[facts]` of an instance. */
export function factTable(law: FactsLaw): {
  readonly names: Int32Array;
  readonly answers: Int32Array;
} {
  const { symbols, length, facts, instance } = law;
  const numberOf = permutation(symbols ** length, ['facts', instance]);
  const names = new Int32Array(facts * length);
  for (let fact = 0; fact < facts; fact++) {
    let rest = numberOf(fact);
    for (let i = length - 1; i >= 0; i--) {
      names[fact * length + i] = rest % symbols;
      rest = Math.floor(rest / symbols);
    }
  }
  const answers = new Int32Array(facts);
  targetStream(law, 'answers').fillIntegers(0, symbols, answers);
  return { names, answers };
}

/** The task of a language of facts; throws for a parameter out of range or more facts than names. */
export function factsTask(law: FactsLaw, name: string): Task {
  checkLaw(law, checks);
  const { symbols, length, facts, codeDim } = law;
  if (symbols ** length > 2 ** 30) {
    throw new Error(`unknown length: ${length} (at most ${2 ** 30} names, symbols^length)`);
  }
  if (facts > symbols ** length) {
    throw new Error(
      `unknown facts: ${facts} (at most ${symbols ** length}: each has its own name)`,
    );
  }
  const codes = new Float32Array(symbols * codeDim);
  targetStream(law, 'codes').fillNormal(0, codes);
  const table = factTable(law);
  const cumulative = cumulativeCounts(law);
  return {
    name,
    law,
    inputDim: length * codeDim,
    output: { kind: 'classes', count: symbols },
    bestLoss: noiseEntropy(law),
    heldOutPredictions: HELD_OUT,
    kinds: { train: 'tokens', heldOut: 'tokens' },
    data: [],
    stream: (seed, split) => ({
      ...{ kind: 'tokens', context: length, vocabulary: symbols, codes },
      fill: filler(law, { ...table, cumulative, seed, split }),
    }),
  };
}

function filler(
  { symbols, length, noise, instance }: FactsLaw,
  source: ReturnType<typeof factTable> & {
    readonly cumulative: Float64Array;
    readonly seed: number;
    readonly split: Split;
  },
): TokenStream['fill'] {
  const { names, answers, cumulative, seed, split } = source;
  const path = ['facts', instance, split];
  const drawn = randomStream({ seed, role: 'data', path });
  const noises = randomStream({ seed, role: 'noise', path });
  const start = new Int32Array(1);
  drawn.fillIntegers(0, RESOLUTION, start);
  const placesOf = (first: number, count: number): Int32Array => {
    const places = new Int32Array(count);
    if (split === 'train') drawn.fillIntegers(first, RESOLUTION, places);
    else {
      // Below 2⁵³ as long as there are fewer than 2²² examples.
      for (let e = 0; e < count; e++) {
        places[e] = ((start[0] as number) + (first + e) * GOLDEN) % RESOLUTION;
      }
    }
    return places;
  };
  return (step, batch, out) => {
    if (out.length !== batch * (length + 1)) {
      throw new Error(
        `batch does not fit: ${out.length} tokens (${batch} × ${length + 1} of int32)`,
      );
    }
    const first = step * batch;
    const places = placesOf(first, batch);
    const [luck, others] = [new Float32Array(batch), new Int32Array(batch)];
    if (noise > 0) {
      noises.fillUniform(first, luck);
      noises.fillIntegers(first, symbols, others);
    }
    for (let b = 0, at = 0; b < batch; b++) {
      const fact = firstAbove(cumulative, places[b] as number);
      for (let i = 0; i < length; i++) out[at++] = names[fact * length + i] as number;
      const random = noise > 0 && (luck[b] as number) < noise;
      out[at++] = (random ? others[b] : answers[fact]) as number;
    }
  };
}

/** Cumulative frequencies in whole steps of 1/RESOLUTION, the last of them RESOLUTION. */
function cumulativeCounts(law: FactsLaw): Float64Array {
  let sum = 0;
  const counts = factFrequencies(law).map((p) => {
    sum += p;
    return Math.round(sum * RESOLUTION);
  });
  counts[counts.length - 1] = RESOLUTION;
  return counts;
}

/** The first index whose entry is above a value. */
function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** −Σ q ln q of the answer given the name. */
function noiseEntropy({ symbols, noise }: FactsLaw): number {
  const other = noise / symbols;
  const term = (q: number): number => (q > 0 ? -q * Math.log(q) : 0);
  return term(1 - noise + other) + (symbols - 1) * term(other);
}
