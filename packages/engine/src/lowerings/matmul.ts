import type { GraphBuilder, Value } from '../graph.ts';
import { madeBy } from '../graph.ts';
import { activate } from './activation.ts';
import { add } from './arithmetic.ts';
import { broadcastShape } from './elementwise.ts';
import type { KernelCall, Lowerings } from './lowering.ts';
import { cast } from './shape.ts';

interface Operand {
  readonly value: Value;
  readonly transposed: boolean;
}

/** A transpose of the last two axes under a product is the product's own business. */
function operand(value: Value, transposed: boolean): Operand {
  const node = madeBy(value, 'Transpose');
  const perm = node?.attributes.perm;
  const rank = value.shape.length;
  const swapsLast =
    perm?.kind === 'ints' &&
    perm.value.every((p, i) => p === (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2));
  return swapsLast
    ? { value: node?.inputs[0] as Value, transposed: !transposed }
    : { value, transposed };
}

/** Batched matrix product `[..., m, k] × [..., k, n]`, either side read transposed, batch axes broadcast. */
export function matmul(
  graph: GraphBuilder,
  a: Value,
  b: Value,
  { transposeA = false, transposeB = false } = {},
): Value {
  const flat = [a, b].find(({ shape }) => shape.length < 2);
  if (flat) throw new Error(`a matrix has two axes at least: [${flat.shape}]`);
  const left = operand(cast(graph, a, 'float32'), transposeA);
  const right = operand(cast(graph, b, 'float32'), transposeB);
  const m = left.value.shape.at(left.transposed ? -1 : -2) as number;
  const n = right.value.shape.at(right.transposed ? -2 : -1) as number;
  const terms = left.value.shape.at(left.transposed ? -2 : -1);
  if (terms !== right.value.shape.at(right.transposed ? -1 : -2)) {
    throw new Error(`matrices do not fit: [${a.shape}] and [${b.shape}]`);
  }
  const batch = broadcastShape(left.value.shape.slice(0, -2), right.value.shape.slice(0, -2));
  const output = { shape: [...batch, m, n], dtype: 'float32' } as const;
  const inputs = [left.value, right.value];
  if (!left.transposed && !right.transposed) return graph.node('MatMul', inputs, output);
  return graph.node('FusedMatMul', inputs, output, {
    transA: { kind: 'int', value: left.transposed ? 1 : 0 },
    transB: { kind: 'int', value: right.transposed ? 1 : 0 },
  });
}

const product = ({ graph, input, attribute }: KernelCall): Value =>
  matmul(graph, input('a'), input('b'), {
    transposeA: attribute<boolean | undefined>('transposeA') ?? false,
    transposeB: attribute<boolean | undefined>('transposeB') ?? false,
  });

/** Shape of an einsum, from the extents of its letters. */
function einsumShape(equation: string, operands: readonly Value[]): number[] {
  const [terms = '', result = ''] = equation.replaceAll(' ', '').split('->');
  const extents = new Map<string, number>();
  for (const [i, letters] of terms.split(',').entries()) {
    for (const [axis, letter] of [...letters].entries()) {
      extents.set(letter, operands[i]?.shape[axis] as number);
    }
  }
  return [...result].map((letter) => extents.get(letter) as number);
}

/** Matrix products. */
export const products: Lowerings = {
  BatchMatMul: product,
  _FusedMatMul: (call) => {
    const bias = call.optional('bias');
    const sum = product(call);
    return activate(call, bias ? add(call.graph, sum, bias) : sum);
  },
  Einsum: ({ graph, inputs, attribute }) => {
    const equation = attribute<string>('equation');
    return graph.node(
      'Einsum',
      inputs,
      { shape: einsumShape(equation, inputs), dtype: inputs[0]?.dtype ?? 'float32' },
      { equation: { kind: 'string', value: equation.replaceAll(' ', '') } },
    );
  },
};
