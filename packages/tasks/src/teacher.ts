import {
  type Checks,
  checkLaw,
  inputDimCheck,
  instanceCheck,
  integer,
  noiseCheck,
  oneOf,
} from './check.ts';
import { gaussianNoise } from './gaussian-noise.ts';
import { copyRow, matrixVector } from './matrix.ts';
import { onlineTask, targetStream } from './online-task.ts';
import { randomStream } from './random-stream.ts';
import type { Task } from './task.ts';

/**
 * A fixed random network as the target.
 *
 * - Input: x ~ N(0, I), `inputDim` dimensions.
 * - Target: a bias-free MLP of `depth` hidden layers of `width` units and Gaussian weights, drawn by
 *   `instance`, scaled so that signals keep their size from layer to layer; each output is then
 *   shifted and scaled to mean 0 and variance 1, estimated once on 4096 inputs (so to about 2 %). A
 *   narrow ReLU network that is dead on all of these is drawn again.
 * - Noise: `noise` × N(0, 1) on each output.
 * - Best loss: noise², the conditional mean being the teacher itself.
 */
export interface TeacherLaw {
  readonly kind: 'teacher';
  readonly inputDim: number;
  readonly outputDim: number;
  /** Units of each of the teacher's hidden layers. */
  readonly width: number;
  /** The teacher's hidden layers. */
  readonly depth: number;
  readonly activation: TeacherActivation;
  readonly noise: number;
  readonly instance: number;
}

/** What a teacher's hidden features are passed through; none grows faster than linearly. */
export type TeacherActivation = 'relu' | 'tanh' | 'sine' | 'linear';

const checks: Checks<TeacherLaw> = {
  inputDim: inputDimCheck,
  outputDim: integer(1, 4096),
  width: integer(1, 4096),
  depth: integer(1, 64),
  activation: oneOf(['relu', 'tanh', 'sine', 'linear']),
  noise: noiseCheck,
  instance: instanceCheck,
};

/** √(1 / E φ(z)²) for z ~ N(0, 1): keeps preactivations at unit variance in a wide network. */
const gain: Readonly<Record<TeacherActivation, number>> = {
  relu: Math.SQRT2,
  tanh: 1.5925374,
  sine: Math.SQRT2 / Math.sqrt(1 - Math.exp(-2)),
  linear: 1,
};

const CALIBRATION = 4096;
/** More would make calibration a matter of seconds. */
const MOST_WEIGHTS = 2 ** 20;

/** The task of a teacher law; throws for a parameter out of range. */
export function teacherTask(law: TeacherLaw, name: string): Task {
  checkLaw(law, checks);
  const { inputDim, outputDim, width, depth, noise } = law;
  const weights = width * (inputDim + (depth - 1) * width + outputDim);
  if (weights > MOST_WEIGHTS) {
    throw new Error(`unknown width: ${width} (at most ${MOST_WEIGHTS} weights, not ${weights})`);
  }
  const teacher = calibrated(law);
  return onlineTask({
    name,
    law,
    inputDim,
    output: { kind: 'regression', dim: outputDim },
    bestLoss: noise ** 2,
    sampler(streams) {
      const inputs = streams('data');
      const addNoise = gaussianNoise(streams('noise'), noise);
      const input = new Float64Array(inputDim);
      return (first, count, x, y) => {
        inputs.fillNormal(first * inputDim, x);
        for (let e = 0; e < count; e++) {
          copyRow(x, e, input);
          const output = teacher(input);
          for (let o = 0; o < outputDim; o++) y[e * outputDim + o] = output[o] as number;
        }
        addNoise(first * outputDim, y);
      };
    },
  });
}

/** The outputs at an input, in an array that the next call writes again. */
type Network = (x: Float64Array) => Float64Array;

/** The network of a draw; those after the first, 0, stand in for a dead one. */
function network(law: TeacherLaw, draw: number): Network {
  const sizes = [law.inputDim, ...Array<number>(law.depth).fill(law.width), law.outputDim];
  const layers = sizes.slice(1).map((rows, l) => {
    const columns = sizes[l] as number;
    const normals = new Float32Array(rows * columns);
    targetStream(law, draw === 0 ? `layer ${l}` : `layer ${l}, draw ${draw}`).fillNormal(
      0,
      normals,
    );
    const scale = (l === 0 ? 1 : gain[law.activation]) / Math.sqrt(columns);
    const weights = Float64Array.from(normals, (value) => scale * value);
    return { weights, out: new Float64Array(rows) };
  });
  return (x) => {
    let input = x;
    for (let l = 0; l < layers.length; l++) {
      const { weights, out } = layers[l] as (typeof layers)[number];
      if (l > 0) activate(law.activation, input);
      matrixVector(weights, input, out);
      input = out;
    }
    return input;
  };
}

function activate(activation: TeacherActivation, h: Float64Array): void {
  switch (activation) {
    case 'relu':
      for (let i = 0; i < h.length; i++) h[i] = Math.max(0, h[i] as number);
      return;
    case 'tanh':
      for (let i = 0; i < h.length; i++) h[i] = Math.tanh(h[i] as number);
      return;
    case 'sine':
      for (let i = 0; i < h.length; i++) h[i] = Math.sin(h[i] as number);
      return;
    case 'linear':
  }
}

/** How often a dead network is drawn again. */
const DRAWS = 100;

/** The first network drawn that is not dead. Throws where all of them are. */
function calibrated(law: TeacherLaw): Network {
  for (let draw = 0; draw < DRAWS; draw++) {
    const found = calibratedDraw(law, draw);
    if (found) return found;
  }
  throw new Error(
    `dead teacher: width ${law.width} at depth ${law.depth} (wider, or fewer layers: ${DRAWS} draws were 0 everywhere)`,
  );
}

/** A network with each output shifted and scaled to mean 0 and variance 1; null where it is dead. */
function calibratedDraw(law: TeacherLaw, draw: number): Network | null {
  const { inputDim, outputDim, instance } = law;
  const raw = network(law, draw);
  const inputs = randomStream({ seed: instance, role: 'calibration', path: [law.kind] });
  const x = new Float32Array(CALIBRATION * inputDim);
  inputs.fillNormal(0, x);
  const input = new Float64Array(inputDim);
  const mean = new Float64Array(outputDim);
  const square = new Float64Array(outputDim);
  for (let e = 0; e < CALIBRATION; e++) {
    copyRow(x, e, input);
    for (const [o, value] of raw(input).entries()) {
      mean[o] = (mean[o] as number) + value / CALIBRATION;
      square[o] = (square[o] as number) + value ** 2 / CALIBRATION;
    }
  }
  const variance = square.map((value, o) => value - (mean[o] as number) ** 2);
  if (variance.some((each) => each <= 1e-12)) return null;
  const scale = variance.map((each) => 1 / Math.sqrt(each));
  return (x) => {
    const out = raw(x);
    for (let o = 0; o < outputDim; o++) {
      out[o] = ((out[o] as number) - (mean[o] as number)) * (scale[o] as number);
    }
    return out;
  };
}
