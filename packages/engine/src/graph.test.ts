import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openCpu } from './devices/onnx-kinds.ts';
import { GraphBuilder, topologicalOrder } from './graph.ts';
import type { Tensors } from './tensor-spec.ts';
import { float32 } from './tensor-spec.ts';
import { trace } from './trace.ts';

type Function = (x: tf.Tensor) => tf.Tensor;

const outputs = (call: Function) =>
  trace({ x: float32(4, 4) }, ({ x }) => ({ y: call(x as tf.Tensor) }) as unknown as Tensors)
    .outputs;

/** Operators of the nodes that the output needs. */
const operators = (call: Function) =>
  topologicalOrder(Object.values(outputs(call))).map(({ op }) => op);

describe('a graph', () => {
  it('drops what no output needs', () => {
    const call: Function = (x) => {
      tf.tanh(tf.matMul(x, x));
      return tf.exp(x);
    };
    expect(operators(call)).toEqual(['Exp']);
  });

  it('drops the gradients that are not asked for', () => {
    const loss = (x: tf.Tensor) => tf.sum(tf.square(tf.matMul(x, x)));
    const both = operators((x) => tf.add(loss(x), tf.sum(tf.grad(loss)(x))));
    const forward = operators((x) => {
      tf.grad(loss)(x);
      return loss(x);
    });
    expect(forward).toEqual(operators(loss));
    expect(both.length).toBeGreaterThan(forward.length);
  });

  it('computes a common subexpression once', () => {
    expect(operators((x) => tf.sub(tf.exp(tf.tanh(x)), tf.tanh(x)))).toEqual([
      'Tanh',
      'Exp',
      'Sub',
    ]);
    // Through constants of equal values, which are made twice.
    expect(operators((x) => tf.matMul(tf.pow(x, tf.scalar(3)), tf.pow(x, tf.scalar(3))))).toEqual([
      'Pow',
      'MatMul',
    ]);
  });

  it('computes the forward pass once for a value and its gradient', () => {
    const ops = operators((x) => {
      const { value, grads } = tf.valueAndGrads((v: tf.Tensor) => tf.sum(tf.tanh(tf.matMul(v, v))))(
        [x],
      );
      return tf.add(value, grads[0] as tf.Tensor);
    });
    expect(ops.filter((op) => op === 'Tanh')).toHaveLength(1);
    expect(ops.filter((op) => op === 'MatMul')).toHaveLength(1);
  });

  it('works out what depends on no input', () => {
    const { y } = outputs((x) => tf.mul(tf.zerosLike(x), tf.add(tf.scalar(2), 3)));
    expect(y?.source).toEqual({ kind: 'uniform', value: 0 });
  });

  it.each<[string, Function]>([
    ['x + 0', (x) => tf.add(x, 0)],
    ['0 + x', (x) => tf.add(0, x)],
    ['x − 0', (x) => tf.sub(x, 0)],
    ['x · 1', (x) => tf.mul(x, tf.onesLike(x))],
    ['x / 1', (x) => tf.div(x, 1)],
    ['x ^ 1', (x) => tf.pow(x, 1)],
    ['a transpose undone', (x) => tf.transpose(tf.transpose(x))],
    ['a reshape undone', (x) => tf.reshape(tf.reshape(x, [2, 8]), [4, 4])],
    ['a slice of everything', (x) => tf.slice(x, [0, 0], [-1, -1])],
    ['a sum over single elements', (x) => tf.reshape(tf.sum(tf.reshape(x, [4, 1, 4]), 1), [4, 4])],
    ['one part of a split', (x) => tf.split(x, 1)[0] as tf.Tensor],
    ['a cast to itself', (x) => tf.cast(x, 'float32')],
  ])('needs no node for %s', (_name, call) => {
    expect(operators(call)).toEqual([]);
  });

  it('leaves x · 0 alone, which is not zero for NaN', () => {
    expect(operators((x) => tf.mul(x, 0))).toEqual(['Mul']);
  });

  it('takes a transpose into the product that reads it', () => {
    expect(operators((x) => tf.matMul(tf.transpose(x), x))).toEqual(['FusedMatMul']);
  });

  it('gives numbers the axes of the columns they meet, so that they are broadcast along whole rows', () => {
    const { outputs: traced } = trace({ x: float32(2, 40, 4) }, ({ x }) => {
      const scale = tf.sqrt(tf.add(tf.mean(tf.square(x as tf.Tensor), -1, true), 1e-6));
      return { y: tf.mul(x as tf.Tensor, tf.div(1, scale)) } as unknown as Tensors;
    });
    const nodes = topologicalOrder(Object.values(traced));
    const columns = nodes.filter(({ outputs }) => outputs[0]?.shape.join() === '2,40,1');
    const numbers = columns.flatMap(({ op, inputs }) =>
      inputs.filter((v) => v?.source.kind === 'uniform').map((v) => `${op} [${v?.shape}]`),
    );
    expect(numbers).toEqual(['Mul [1,1,1]', 'Add [1,1,1]', 'Div [1,1,1]']);
  });

  it('orders the nodes of a chain that is deeper than the call stack', () => {
    const graph = new GraphBuilder();
    let value = graph.input('x', [], 'float32');
    for (let i = 0; i < 50_000; i++)
      value = graph.node('Exp', [value], { shape: [], dtype: 'float32' });
    expect(topologicalOrder([value])).toHaveLength(50_000);
  });
});

describe('outputs of a program', () => {
  it('may be inputs, constants, each other, and tensors from outside', async () => {
    const outside = tf.tensor1d([7, 8]);
    const program = await openCpu().compile({
      inputs: { x: float32(2) },
      call: ({ x }) => {
        const y = tf.exp(x as tf.Tensor);
        return { x, y, again: y, ones: tf.ones([2]), outside } as unknown as Tensors;
      },
    });
    const results = await program.run({ x: Float32Array.of(0, 1) });
    expect(results.x).toEqual(Float32Array.of(0, 1));
    expect(results.again).toEqual(results.y);
    expect(results.ones).toEqual(Float32Array.of(1, 1));
    expect(results.outside).toEqual(Float32Array.of(7, 8));
    await program.dispose();
    await expect(program.run({ x: new Float32Array(2) })).rejects.toThrow(
      'the program is disposed',
    );
    // And what is outside goes on being of use there.
    expect(outside.dataSync()).toEqual(Float32Array.of(7, 8));
    outside.dispose();
  });
});
