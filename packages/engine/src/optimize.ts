import type { Node, Value } from './graph.ts';
import { elements, GraphBuilder, topologicalOrder } from './graph.ts';
import { elementwise, sameShape, uniformValue } from './lowerings/elementwise.ts';
import { reshape } from './lowerings/shape.ts';

type Named = Readonly<Record<string, Value>>;

/**
 * Rewrites a traced graph into one that computes the same, faster. What can be decided while tracing is decided
 * there (constants, common subexpressions, transposes under products); this pass has what needs the whole graph:
 * how often each value is used.
 */
export function optimize(outputs: Named): Named {
  const graph = new GraphBuilder();
  const roots = Object.values(outputs);
  const order = topologicalOrder(roots);
  const uses = countUses(order, roots);
  const rewritten = new Map<Value, Value>();

  const resolve = (value: Value): Value => {
    const known = rewritten.get(value);
    if (known) return known;
    const { source, shape, dtype } = value;
    const made = leaf();
    rewritten.set(value, made);
    return made;

    function leaf(): Value {
      switch (source.kind) {
        case 'input':
          return graph.input(source.name, shape, dtype);
        case 'constant':
          return graph.constant(source.data, shape, dtype);
        case 'uniform':
          return graph.uniform(source.value, shape, dtype);
        case 'node':
          throw new Error(`${source.node.op} stands before what it needs`);
      }
    }
  };

  for (const node of order) {
    const replacement =
      scaledProduct(graph, node, uses, resolve) ?? columnProduct(graph, node, resolve);
    if (replacement) {
      rewritten.set(node.outputs[0] as Value, replacement);
      continue;
    }
    const inputs = node.inputs.map((v) => v && resolve(v));
    const made = graph.nodes(node.op, inputs, node.outputs, node.attributes);
    for (const [i, output] of node.outputs.entries()) rewritten.set(output, made[i] as Value);
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, v]) => [name, resolve(v)]));
}

function countUses(order: readonly Node[], roots: readonly Value[]): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  const use = (value: Value | null): void => {
    if (value) uses.set(value, (uses.get(value) ?? 0) + 1);
  };
  for (const node of order) node.inputs.forEach(use);
  roots.forEach(use);
  return uses;
}

/** A factor times more than this might overflow where the product would not: the slope that stands for a sign does. */
const LARGEST_SCALE = 1e6;

/**
 * `(A B) · s = A (B · s)` for one number s a matrix: a pass over the second factor in place of one over the
 * product. A weight's gradient times its learning rate is this, wherever a layer takes in more than the batch.
 */
function scaledProduct(
  graph: GraphBuilder,
  { op, inputs, outputs }: Node,
  uses: ReadonlyMap<Value, number>,
  resolve: (value: Value) => Value,
): Value | undefined {
  if (op !== 'Mul') return undefined;
  const [product, scale] = inputs as readonly [Value, Value];
  const node = product.source.kind === 'node' ? product.source.node : undefined;
  if (node?.op !== 'MatMul' && node?.op !== 'FusedMatMul') return undefined;
  if (uses.get(product) !== 1 || !scalesMatrices(scale, product)) return undefined;
  // A scale with more lanes than the product repeats it.
  if (!sameShape(outputs[0]?.shape ?? [], product.shape)) return undefined;
  if (Math.abs(uniformValue(scale) ?? 0) > LARGEST_SCALE) return undefined;
  const [first, second] = node.inputs as readonly [Value, Value];
  // Always the second, a gradient by layer: the first may be one batch shared by all lanes, where it could not be scaled,
  // and which of them is scaled, and so how numbers are rounded, must not depend on the lanes that share.
  if (second.source.kind === 'uniform' || second.source.kind === 'constant') return undefined;
  if (elements(second) >= elements(product)) return undefined;
  if (second.shape.slice(0, -2).join() !== product.shape.slice(0, -2).join()) return undefined;
  const scaled = elementwise(graph, 'Mul', [resolve(second), resolve(scale)]);
  const operands = [resolve(first), scaled];
  return graph.node(node.op, operands, node.outputs[0] as Value, node.attributes);
}

/** `Aᵀ v` as `(vᵀ A)ᵀ`: a product with a row is several times faster than one with a column. */
function columnProduct(
  graph: GraphBuilder,
  { op, inputs, outputs, attributes }: Node,
  resolve: (value: Value) => Value,
): Value | undefined {
  if (op !== 'FusedMatMul' || attributes.transA?.value !== 1) return undefined;
  const [matrix, column] = inputs as readonly [Value, Value];
  const output = outputs[0] as Value;
  const rank = output.shape.length;
  if (output.shape.at(-1) !== 1 || matrix.shape.length !== rank || column.shape.length !== rank) {
    return undefined;
  }
  const batch = output.shape.slice(0, -2);
  const terms = matrix.shape.at(-2) as number;
  const row = reshape(graph, resolve(column), [...column.shape.slice(0, -2), 1, terms]);
  const shape = [...batch, 1, output.shape.at(-2) as number];
  const product = graph.node('MatMul', [row, resolve(matrix)], { shape, dtype: output.dtype });
  return reshape(graph, product, output.shape);
}

/** Whether `scale` has one number for each matrix of `product`. */
function scalesMatrices(scale: Value, product: Value): boolean {
  if (scale.shape.length === 0) return true;
  const [rows, columns] = scale.shape.slice(-2);
  return scale.shape.length === product.shape.length && rows === 1 && columns === 1;
}
