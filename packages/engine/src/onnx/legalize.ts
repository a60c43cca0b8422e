import type { Attributes, ElementType } from '../graph.ts';
import { ELEMENT_CODE } from './protobuf.ts';

/** The execution provider a model is written for. */
export type Target = 'cpu' | 'webgpu' | 'cuda';

/** A node by the names of its values, ready to be written or still to be expanded. */
export interface NamedNode {
  readonly op: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

interface Unwritten extends NamedNode {
  /** Ranks of the inputs. */
  readonly rank: readonly number[];
}

/** The steep ramp max(0, min(1, x · slope)) is 1 for every normal x > 0 and 0 for x ≤ 0. */
const STEP_SLOPE = 3e38;

/** Expands the graph's pseudo-operators into what an execution provider runs fastest. */
export function legalize(node: Unwritten, target: Target): readonly NamedNode[] {
  switch (node.op) {
    case 'Step':
      return [rampStep(node)];
    case 'FusedMatMul':
      return target === 'webgpu' ? transposedMatMul(node) : [{ ...node, domain: 'com.microsoft' }];
    case 'Or':
      return target === 'webgpu' ? negatedAnd(node) : [node];
    case 'Selu':
      return target === 'webgpu' ? scaledElu(node) : [node];
    case 'Position':
      return [target === 'webgpu' ? lookedUp(node) : narrowed(node)];
    case 'Cast': {
      const to = node.attributes.to?.value as ElementType;
      return [{ ...node, attributes: { to: { kind: 'int', value: ELEMENT_CODE[to] } } }];
    }
    default:
      return [node];
  }
}

/** One pass over memory, where a comparison and a cast make two and a mask of bytes. */
function rampStep(node: Unwritten): NamedNode {
  return {
    ...node,
    op: 'HardSigmoid',
    attributes: {
      alpha: { kind: 'float', value: STEP_SLOPE },
      beta: { kind: 'float', value: 0 },
    },
  };
}

/** Positions found by TopK or ArgMax, which are int64, as int32. */
function narrowed({ inputs, outputs }: Unwritten): NamedNode {
  const [positions = ''] = inputs;
  const to = { kind: 'int', value: ELEMENT_CODE.int32 } as const;
  return { op: 'Cast', inputs: [positions], outputs, attributes: { to } };
}

/** The WebGPU provider reads int64 as indices only: here into 0, 1, 2, … */
function lookedUp({ inputs, outputs }: Unwritten): NamedNode {
  const [positions = '', counting = ''] = inputs;
  return { op: 'Gather', inputs: [counting, positions], outputs, attributes: {} };
}

/** a ∨ b = ¬(¬a ∧ ¬b): the WebGPU provider has no Or. */
function negatedAnd({ inputs, outputs }: Unwritten): NamedNode[] {
  const name = (suffix: string) => `${outputs[0]}_${suffix}`;
  const negated = inputs.map((input, side) => ({
    op: 'Not',
    inputs: [input],
    outputs: [name(`not${side}`)],
    attributes: {},
  }));
  return [
    ...negated,
    { op: 'And', inputs: [name('not0'), name('not1')], outputs: [name('and')], attributes: {} },
    { op: 'Not', inputs: [name('and')], outputs, attributes: {} },
  ];
}

/** The constants of 1706.02515, section 2, which are ONNX's defaults. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** selu(x) = scale · elu(x; α): the WebGPU provider has no Selu. */
function scaledElu({ inputs, outputs }: Unwritten): NamedNode[] {
  const elu = `${outputs[0]}_elu`;
  const scale = `${outputs[0]}_scale`;
  return [
    {
      op: 'Constant',
      inputs: [],
      outputs: [scale],
      attributes: { value_float: { kind: 'float', value: SELU_SCALE } },
    },
    {
      op: 'Elu',
      inputs,
      outputs: [elu],
      attributes: { alpha: { kind: 'float', value: SELU_ALPHA } },
    },
    { op: 'Mul', inputs: [elu, scale], outputs, attributes: {} },
  ];
}

function transposedMatMul({ inputs, outputs, attributes, rank }: Unwritten): NamedNode[] {
  const flags = [attributes.transA?.value === 1, attributes.transB?.value === 1];
  const transposes = inputs.flatMap((input, side) => {
    if (!flags[side]) return [];
    const last = rank[side] as number;
    const perm = Array.from({ length: last }, (_, i) => i);
    [perm[last - 2], perm[last - 1]] = [last - 1, last - 2];
    return [{ side, input, perm }];
  });
  const names = [...inputs];
  const nodes = transposes.map(({ side, input, perm }): NamedNode => {
    const name = `${outputs[0]}_t${side}`;
    names[side] = name;
    return {
      op: 'Transpose',
      inputs: [input],
      outputs: [name],
      attributes: { perm: { kind: 'ints', value: perm } },
    };
  });
  return [...nodes, { op: 'MatMul', inputs: names, outputs, attributes: {} }];
}
