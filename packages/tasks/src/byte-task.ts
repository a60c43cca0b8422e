import { type Checks, checkLaw, instanceCheck, integer, wordOr } from './check.ts';
import { readDataFile, sha256 } from './data-file.ts';
import { datasets, locate } from './datasets.ts';
import { epochOrder } from './epoch-order.ts';
import { randomStream } from './random-stream.ts';
import type { SequenceStream, Split, Task } from './task.ts';
import { readDeclarations } from './typescript-declarations.ts';

/**
 * Next-byte prediction on a real text: the TypeScript compiler's own declaration files, or Tiny
 * Shakespeare.
 *
 * - Input: the last `context` bytes, each as a fixed Gaussian code of `codeDim` dimensions drawn by
 *   `instance`, the oldest first.
 * - Target: the next byte, as a class. Classes are the text's distinct bytes in order of frequency, or
 *   of those the `vocabulary` − 1 most frequent and one class for the rest.
 * - Noise: the text's own entropy.
 * - Best loss: unknown.
 *
 * Of every ten blocks of 16,384 bytes eight are for training, the ninth for validation and the tenth for tests; no window
 * reaches into a block of another split.
 */
export interface ByteLaw {
  readonly kind: 'typescript-bytes' | 'tiny-shakespeare';
  readonly context: number;
  readonly codeDim: number;
  readonly vocabulary: 'all' | number;
  readonly instance: number;
}

const checks: Checks<ByteLaw> = {
  context: integer(1, 1024),
  codeDim: integer(1, 1024),
  vocabulary: wordOr('all', integer(2, 256)),
  instance: instanceCheck,
};

/** Bytes of a block, and how many blocks make a period, of which each split owns some: `[begin, end)`. */
const BLOCK = 16384;
const PERIOD = 10;
const BLOCKS: Readonly<Record<Split, readonly [begin: number, end: number]>> = {
  train: [0, 8],
  validation: [8, 9],
  test: [9, 10],
};

/** Throws one line for a parameter out of range. */
const checkByteLaw = (law: ByteLaw): void => checkLaw(law, checks);

/** Reads a text and makes its task; throws one line where the text is missing or damaged. */
export async function byteTask(law: ByteLaw, name: string, data: string): Promise<Task> {
  checkByteLaw(law);
  const text = await readText(law, data);
  const { tokens, vocabulary } = tokenize(text.bytes, law.vocabulary);
  const codes = new Float32Array(vocabulary * law.codeDim);
  randomStream({ seed: law.instance, role: 'target', path: [law.kind, 'codes'] }).fillNormal(
    0,
    codes,
  );
  return {
    name,
    law,
    inputDim: law.context * law.codeDim,
    output: { kind: 'classes', count: vocabulary },
    bestLoss: null,
    kinds: { train: 'sequence', heldOut: 'sequence' },
    data: [{ name: text.name, sha256: text.sha256 }],
    stream(seed, split): SequenceStream {
      const windows = windowsOf(tokens.length, law.context, split);
      const order = epochOrder(windows.count, [law.kind, seed, split]);
      return {
        kind: 'sequence',
        tokens,
        context: law.context,
        vocabulary,
        codes,
        positions(step, batch, out) {
          order(step, batch, out);
          for (let b = 0; b < batch; b++) out[b] = windows.position(out[b] as number);
        },
      };
    },
  };
}

async function readText(
  { kind }: ByteLaw,
  data: string,
): Promise<{ name: string; bytes: Uint8Array; sha256: string }> {
  if (kind === 'typescript-bytes') {
    const bytes = await readDeclarations();
    return { name: 'typescript/lib.*.d.ts', bytes, sha256: sha256(bytes) };
  }
  const [found] = locate(datasets[kind], data) ?? [];
  if (found === undefined) throw new Error(`missing data: ${kind} (not in ${data})`);
  return readDataFile(found);
}

/** Bytes as classes by decreasing frequency, the rarest together where the vocabulary is capped. */
export function tokenize(
  bytes: Uint8Array,
  cap: 'all' | number,
): { tokens: Int32Array; vocabulary: number } {
  const counts = new Float64Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1;
  const byFrequency = Array.from(counts.keys())
    .filter((byte) => (counts[byte] as number) > 0)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const vocabulary = cap === 'all' ? byFrequency.length : Math.min(cap, byFrequency.length);
  const token = new Int32Array(256).fill(vocabulary - 1);
  for (let rank = 0; rank < vocabulary; rank++) token[byFrequency[rank] as number] = rank;
  const tokens = new Int32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) tokens[i] = token[bytes[i] as number] as number;
  return { tokens, vocabulary };
}

/**
 * The windows of a split: `context + 1` tokens that lie wholly in one run of its blocks. Window `i`
 * begins at `position(i)`.
 */
export function windowsOf(
  length: number,
  context: number,
  split: Split,
): { count: number; position: (index: number) => number } {
  const [begin, end] = BLOCKS[split];
  const first = begin * BLOCK;
  const run = (end - begin) * BLOCK;
  const each = run - context;
  const whole = Math.floor(length / (PERIOD * BLOCK));
  const rest = Math.min(run, Math.max(0, length - whole * PERIOD * BLOCK - first));
  const count = whole * each + Math.max(0, rest - context);
  if (count < 1) {
    throw new Error(`unknown context: ${context} (too long for a text of ${length} bytes)`);
  }
  return {
    count,
    position: (index) => Math.floor(index / each) * PERIOD * BLOCK + first + (index % each),
  };
}
