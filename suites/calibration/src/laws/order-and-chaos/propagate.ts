import type { Laboratory } from '@hyperlaw/cli';
import type { LoopSpec } from '@hyperlaw/engine';
import { float32 } from '@hyperlaw/engine';
import { type RandomStream, randomStream } from '@hyperlaw/tasks';
import type { Tensor } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

/** Triples of equally correlated, equally long inputs, and the variances of the net that carries them. */
export interface Group {
  readonly weightVariance: number;
  readonly biasVariance: number;
  /** 1 − c of every two preactivations of a triple in the first layer. */
  readonly separation: number;
  /** Their mean square, q. */
  readonly length: number;
}

/** Groups carried through nets; in one net all groups meet the same normal numbers. */
export interface PairsInput {
  readonly activation: 'tanh' | 'relu';
  readonly width: number;
  /** Layers whose preactivations are looked at. */
  readonly depth: number;
  /** Triples of a group, uncorrelated in the first layer: what a net does to one direction averages out over them. */
  readonly triples: number;
  readonly groups: readonly Group[];
  readonly nets: number;
  readonly seed: number;
}

/** Each `[net][group][layer]`, means over inputs or over the pairs of a triple. */
export interface Pairs {
  /** 1 − c, from distances: accurate where c is close to 1. */
  readonly separations: readonly (readonly (readonly number[])[])[];
  /** q. */
  readonly lengths: readonly (readonly (readonly number[])[])[];
}

/** Inputs of a triple. */
export const MEMBERS = 3;

/** Layers a call of the device: their weights are fed. */
const CALL_BYTES = 32 * 2 ** 20;

/**
 * Correlations and lengths of preactivations, layer by layer, in deep nets of Gaussian weights and biases, on the
 * device: z ← σ_w φ(z) W/√N + σ_b b.
 */
export async function propagatedPairs(
  input: PairsInput,
  { device, goOn, count }: Pick<Laboratory, 'device' | 'goOn' | 'count'>,
): Promise<Pairs> {
  const { width, depth, triples, groups, nets, seed } = input;
  const perGroup = (value: (group: Group) => number) => Float32Array.from(groups, value);
  const constants = {
    gain: perGroup(({ weightVariance }) => Math.sqrt(weightVariance / width)),
    biasGain: perGroup(({ biasVariance }) => Math.sqrt(biasVariance)),
  };
  const program = await device.compileLoop(layerOf(input));
  const pairs = { separations: [] as number[][][], lengths: [] as number[][][] };
  try {
    for (let net = 0; net < nets; net++) {
      const stream = (what: string) => randomStream({ seed, role: 'init', path: [what, net] });
      const run = await program.start({
        state: { z: firstLayer(input, stream('input')) },
        constants,
      });
      const [weights, biases] = [stream('weight'), stream('bias')];
      const most = Math.max(1, Math.floor(CALL_BYTES / (4 * width * width)));
      const separations = groups.map((): number[] => []);
      const lengths = groups.map((): number[] => []);
      for (let layer = 0; layer < depth; ) {
        goOn();
        const some = Math.min(most, depth - layer);
        const w = new Float32Array(some * width * width);
        const b = new Float32Array(some * width);
        weights.fillNormal(layer * width * width, w);
        biases.fillNormal(layer * width, b);
        const { separation, length } = await run.advance(some, { w, b });
        for (let i = 0; i < some * groups.length; i++) {
          separations[i % groups.length]?.push(compact(separation?.[i] as number));
          lengths[i % groups.length]?.push(compact(length?.[i] as number));
        }
        layer += some;
        count({ flops: 2 * some * groups.length * triples * MEMBERS * width ** 2 });
      }
      await run.dispose();
      pairs.separations.push(separations);
      pairs.lengths.push(lengths);
    }
    return pairs;
  } finally {
    await program.dispose();
  }
}

const compact = (x: number): number => Number(x.toPrecision(6));

/** One layer: tells of the preactivations it is given, and makes the next. */
function layerOf({ activation, width, triples, groups }: PairsInput): LoopSpec {
  const lanes = groups.length;
  const inputs = triples * MEMBERS;
  const phi = activation === 'relu' ? tf.relu : tf.tanh;
  return {
    state: { z: float32(lanes, inputs, width) },
    constants: { gain: float32(lanes, 1, 1), biasGain: float32(lanes, 1, 1) },
    perStep: { w: float32(width, width), b: float32(1, 1, width) },
    step: ({ state, constants, perStep }) => {
      const z = state.z as Tensor;
      const features = tf.reshape(phi(z), [lanes * inputs, width]);
      const carried = tf.reshape(tf.matMul(features, perStep.w as tf.Tensor2D), z.shape);
      const biases = tf.mul(perStep.b as Tensor, constants.biasGain as Tensor);
      return {
        state: { z: tf.add(tf.mul(carried, constants.gain as Tensor), biases) },
        outputs: { separation: separations(z, triples), length: tf.mean(tf.square(z), [1, 2]) },
      } as never;
    },
  };
}

/**
 * The mean of 1 − cos over all pairs of a triple, `[lane]`: (|a − b|² − (|a| − |b|)²)/2|a||b|. Without the second term a
 * finite net, which gives its inputs different lengths, would never let their distance vanish.
 */
function separations(z: Tensor, triples: number): Tensor {
  const [lanes = 1, , width = 1] = z.shape;
  const own = tf.reshape(z, [lanes, triples, MEMBERS, width]);
  const other = nextMembers(own);
  const norm = tf.sqrt(tf.sum(tf.square(own), 3, true));
  const otherNorm = nextMembers(norm);
  const distance = tf.sum(tf.square(tf.sub(own, other)), 3, true);
  const along = tf.square(tf.sub(norm, otherNorm));
  const share = tf.div(tf.sub(distance, along), tf.mul(tf.mul(norm, otherNorm), 2));
  return tf.mean(share, [1, 2, 3]);
}

/** Each member of a triple replaced by the next, `[lane, triple, member, ...]`. */
function nextMembers(x: Tensor): Tensor {
  const [lanes = 1, triples = 1, , last = 1] = x.shape;
  const from = (begin: number, size: number) =>
    tf.slice(x, [0, 0, begin, 0], [lanes, triples, size, last]);
  return tf.concat([from(1, MEMBERS - 1), from(0, 1)], 2);
}

/** Gaussian vectors with the lengths and correlations that the groups ask for: √q (√c common + √(1 − c) own). */
function firstLayer({ width, triples, groups }: PairsInput, stream: RandomStream): Float32Array {
  const inputs = triples * MEMBERS;
  const normals = new Float32Array((triples + inputs) * width);
  stream.fillNormal(0, normals);
  const z = new Float32Array(groups.length * inputs * width);
  groups.forEach(({ length, separation }, group) => {
    const [common, own] = [Math.sqrt(length * (1 - separation)), Math.sqrt(length * separation)];
    for (let i = 0; i < inputs * width; i++) {
      const [input, unit] = [Math.floor(i / width), i % width];
      const shared = normals[Math.floor(input / MEMBERS) * width + unit] as number;
      z[group * inputs * width + i] =
        common * shared + own * (normals[triples * width + i] as number);
    }
  });
  return z;
}
