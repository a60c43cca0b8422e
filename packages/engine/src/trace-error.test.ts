import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openCpu } from './devices/onnx-kinds.ts';
import type { Tensors } from './tensor-spec.ts';
import { float32 } from './tensor-spec.ts';

const compile = (call: (x: tf.Tensor4D) => tf.Tensor) =>
  openCpu().compile({
    inputs: { x: float32(1, 2, 2, 3) },
    call: ({ x }) => ({ y: call(x as tf.Tensor4D) }) as unknown as Tensors,
  });

/** This file and a line in it, whatever the line. */
const here = /at .*trace-error\.test\.ts:\d+:\d+/;

describe('what cannot be traced is an error that says what and where', () => {
  it('an unknown kernel', async () => {
    const compiled = compile((x) => tf.localResponseNormalization(x));
    await expect(compiled).rejects.toThrow(/no lowering for the tfjs kernel LRN, /);
    await expect(compiled).rejects.toThrow(here);
    await expect(compiled).rejects.toMatchObject({ name: 'TraceError' });
  });

  it('an unknown kernel under a gradient', async () => {
    const compiled = compile((x) =>
      tf.grad((v: tf.Tensor) => tf.localResponseNormalization(v as tf.Tensor4D))(x),
    );
    await expect(compiled).rejects.toThrow(here);
  });

  it('a value that is read at once', async () => {
    const compiled = compile((x) => tf.scalar(x.dataSync()[0] as number));
    await expect(compiled).rejects.toThrow(/a tensor's value was read while tracing \(dataSync/);
    await expect(compiled).rejects.toThrow(here);
  });

  it('a value that is asked for', async () => {
    const compiled = compile((x) => {
      void x.data();
      return x;
    });
    await expect(compiled).rejects.toThrow(/a tensor's value was read while tracing \(data/);
    await expect(compiled).rejects.toThrow(here);
  });

  it('a function that answers later', async () => {
    const compiled = openCpu().compile({
      inputs: { x: float32(2) },
      call: (async ({ x }: Tensors) => ({ y: x })) as unknown as (x: Tensors) => Tensors,
    });
    await expect(compiled).rejects.toThrow(
      'a traced function returned a promise (tensors by name)',
    );
  });

  it('a function that answers later and fails', async () => {
    const compiled = openCpu().compile({
      inputs: { x: float32(2) },
      call: (async ({ x }: Tensors) => {
        x?.dataSync();
        return { y: x };
      }) as unknown as (x: Tensors) => Tensors,
    });
    // A rejection that nobody handles would end the process.
    await expect(compiled).rejects.toThrow('a traced function returned a promise');
  });

  it.each<[string, unknown]>([
    ['a traced function returned nothing (tensors by name)', undefined],
    ['a traced function returned nothing (tensors by name)', {}],
    ['a traced function returned y: undefined (a tensor)', { y: undefined }],
    ['a traced function returned y: 3 (a tensor)', { y: 3 }],
  ])('%s', async (message, result) => {
    const compiled = openCpu().compile({
      inputs: { x: float32(2) },
      call: () => result as Tensors,
    });
    await expect(compiled).rejects.toThrow(message);
  });

  it('a variable that is assigned, which is as it was then', async () => {
    const { numTensors, numDataBuffers } = tf.memory();
    const variable = tf.tidy(() => tf.variable(tf.scalar(2)));
    const compiled = compile((x) => {
      variable.assign(tf.sum(x) as tf.Scalar);
      return x;
    });
    await expect(compiled).rejects.toThrow(`a variable was assigned while tracing`);
    expect(variable.dataSync()[0]).toBe(2);
    const read = await compile((x) => tf.mul(x, variable));
    await read.dispose();
    variable.dispose();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });

  it('a tensor kept from another trace', async () => {
    let kept: tf.Tensor | undefined;
    const first = await compile((x) => {
      kept = tf.keep(tf.exp(x));
      return kept;
    });
    const compiled = compile((x) => tf.add(x, kept as tf.Tensor));
    await expect(compiled).rejects.toThrow(/a tensor of another trace was used, /);
    await expect(compiled).rejects.toThrow(here);
    await first.dispose();
  });

  it.each<[string, (x: tf.Tensor4D) => tf.Tensor]>([
    ['randomUniform', (x) => tf.dropout(x, 0.5)],
    ['randomNormal', (x) => tf.add(x, tf.randomNormal(x.shape))],
    ['randomGamma', (x) => tf.add(x, tf.randomGamma(x.shape, 1))],
    ['truncatedNormal', (x) => tf.add(x, tf.truncatedNormal(x.shape))],
  ])('random numbers, which every step would share: %s', async (name, call) => {
    const compiled = compile(call);
    await expect(compiled).rejects.toThrow(`random numbers were drawn while tracing (${name})`);
    await expect(compiled).rejects.toThrow(here);
  });

  it('complex numbers', async () => {
    const compiled = compile((x) => tf.real(tf.complex(x, x)));
    await expect(compiled).rejects.toThrow(/Complex|complex64/);
  });

  it.each<[string, (x: tf.Tensor4D) => tf.Tensor]>([
    ['Reshape: 12 elements do not fit the shape [5]', (x) => tf.reshape(x, [5])],
    ['Reshape: 12 elements do not fit the shape [5,-1]', (x) => tf.reshape(x, [5, -1])],
    [
      "MaxPool: a number as padding is traced for kernels, strides and dilations that are the same along both axes only ('same', 'valid' or a list)",
      (x) => tf.maxPool(x, [2, 1], [2, 1], 0),
    ],
    [
      'BatchMatMul: matrices do not fit: [2,6] and [2,6]',
      (x) => tf.matMul(tf.reshape(x, [2, 6]), tf.reshape(x, [2, 6])),
    ],
    ['Add: shapes do not broadcast: [1,2,2,3] and [5]', (x) => tf.add(x, tf.ones([5]))],
    [
      'Slice: [0,0,1,0] + [1,2,2,3] reaches past the shape [1,2,2,3]',
      (x) => tf.slice(x, [0, 0, 1, 0], [1, 2, 2, 3]),
    ],
    [
      'Concat: tensors cannot be joined along axis 0: [1,2,2,3], [1,2,2,1]',
      (x) => tf.concat([x, tf.ones([1, 2, 2, 1])], 0),
    ],
  ])('shapes that do not fit: %s', async (message, call) => {
    const compiled = compile(call);
    await expect(compiled).rejects.toThrow(message);
    await expect(compiled).rejects.toThrow(here);
  });

  it('a failed gradient leaves no tensors behind', async () => {
    const fail = () =>
      compile((x) =>
        tf.grad((v: tf.Tensor) => tf.localResponseNormalization(tf.exp(v) as tf.Tensor4D))(x),
      ).catch(() => {});
    await fail();
    const { numTensors } = tf.memory();
    await fail();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('another trace goes on after a failed one, and eager tfjs too', async () => {
    await expect(compile((x) => tf.scalar(x.dataSync()[0] as number))).rejects.toThrow();
    const program = await compile((x) => tf.mul(x, 2));
    const { y } = await program.run({ x: new Float32Array(12).fill(1.5) });
    expect(y?.[0]).toBe(3);
    await tf.setBackend('cpu');
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
    await program.dispose();
  });
});

describe('the line of the caller', () => {
  it('is found where TypeScript runs through tsx', async () => {
    const script = fileURLToPath(new URL('./testing/untraceable.ts', import.meta.url));
    const tsx = createRequire(import.meta.url).resolve('tsx');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, script]);
    expect(stdout).toMatch(/no lowering for the tfjs kernel LRN, at .*untraceable\.ts:12:\d+/);
  });
});
