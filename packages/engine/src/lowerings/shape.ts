import type { Attributes, ElementType, GraphBuilder, Value } from '../graph.ts';
import { elements, madeBy } from '../graph.ts';
import type { DType } from '../tensor-spec.ts';
import { sizeOf } from '../tensor-spec.ts';
import { axisOf } from './axes.ts';
import { sameShape } from './elementwise.ts';
import type { Lowerings } from './lowering.ts';

export function reshape(graph: GraphBuilder, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
  if (x.source.kind === 'constant') return graph.constant(x.source.data, shape, x.dtype);
  const source = (madeBy(x, 'Reshape')?.inputs[0] as Value | undefined) ?? x;
  if (sameShape(source.shape, shape)) return source;
  // ONNX otherwise reads an extent of 0 as that of the source.
  const attributes: Attributes = shape.includes(0) ? { allowzero: { kind: 'int', value: 1 } } : {};
  return graph.node(
    'Reshape',
    [source, graph.int64s(shape)],
    { shape, dtype: x.dtype },
    attributes,
  );
}

export function transpose(graph: GraphBuilder, x: Value, perm: readonly number[]): Value {
  const inner = madeBy(x, 'Transpose')?.attributes.perm;
  if (inner?.kind === 'ints') {
    const source = madeBy(x, 'Transpose')?.inputs[0] as Value;
    return transpose(
      graph,
      source,
      perm.map((p) => inner.value[p] as number),
    );
  }
  if (perm.every((p, i) => p === i)) return x;
  const shape = perm.map((p) => x.shape[p] as number);
  if (x.source.kind === 'uniform') return graph.uniform(x.source.value, shape, x.dtype);
  return graph.node(
    'Transpose',
    [x],
    { shape, dtype: x.dtype },
    {
      perm: { kind: 'ints', value: perm },
    },
  );
}

export function cast(graph: GraphBuilder, x: Value, dtype: ElementType): Value {
  if (x.dtype === dtype) return x;
  if (x.source.kind === 'uniform') {
    const { value } = x.source;
    const whole = dtype === 'int32' || dtype === 'int64';
    const converted = whole ? Math.trunc(value) : dtype === 'bool' ? Number(value !== 0) : value;
    return graph.uniform(converted, x.shape, dtype);
  }
  return graph.node(
    'Cast',
    [x],
    { shape: x.shape, dtype },
    {
      to: { kind: 'string', value: dtype },
    },
  );
}

/** A shape with its extent of −1 worked out. @throws if the shape cannot hold `size` elements. */
function resolved(shape: readonly number[], size: number): number[] {
  const known = sizeOf(shape.filter((extent) => extent !== -1));
  const whole = shape.map((extent) => (extent === -1 ? size / known : extent));
  if (sizeOf(whole) !== size || !whole.every(Number.isInteger)) {
    throw new Error(`${size} elements do not fit the shape [${shape}]`);
  }
  return whole;
}

/** Shapes, casts and constants. */
export const shapes: Lowerings = {
  Reshape: ({ graph, input, attribute }) => {
    const x = input('x');
    return reshape(graph, x, resolved(attribute('shape'), elements(x)));
  },
  ExpandDims: ({ graph, input, attribute }) => {
    const x = input('input');
    const axis = axisOf(attribute('dim'), x.shape.length + 1);
    return reshape(graph, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]);
  },
  Transpose: ({ graph, input, attribute }) => transpose(graph, input('x'), attribute('perm')),
  Cast: ({ graph, input, attribute }) => cast(graph, input('x'), attribute('dtype')),
  Fill: ({ graph, attribute }) => {
    const dtype = attribute<DType | undefined>('dtype') ?? 'float32';
    const value = attribute<number>('value');
    return graph.uniform(dtype === 'int32' ? value | 0 : value, attribute('shape'), dtype);
  },
  ZerosLike: ({ graph, input }) => graph.uniform(0, input('x').shape, input('x').dtype),
  OnesLike: ({ graph, input }) => graph.uniform(1, input('x').shape, input('x').dtype),
};
