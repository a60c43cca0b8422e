import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';

/** Element types that programs carry; tfjs' names. Booleans travel as bytes. */
export type DType = 'float32' | 'int32' | 'bool';

/** Shape and element type of one tensor at a program's boundary. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Specs by name of what a program reads, carries or reports; names are the caller's own. */
export type Specs = Readonly<Record<string, TensorSpec>>;

/** tfjs tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>> & NamedTensorMap;

/** Values of one tensor on the host: Float32Array, Int32Array, or Uint8Array for booleans. */
export type HostArray = Float32Array | Int32Array | Uint8Array;

/** Values on the host by name, each in row-major order, steps first where they are of several. */
export type Arrays = Readonly<Record<string, HostArray>>;

/** Number of elements of a shape; a scalar has one. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** float32 spec of a shape. */
export function float32(...shape: number[]): TensorSpec {
  return { shape, dtype: 'float32' };
}

/** int32 spec of a shape. */
export function int32(...shape: number[]): TensorSpec {
  return { shape, dtype: 'int32' };
}

/**
 * Checks host values against specs.
 * @throws if a name is missing or unknown, the kind of array is wrong, or its length is not `leading` times the spec's size.
 */
export function checkArrays(what: string, specs: Specs, arrays: Arrays, leading = 1): void {
  for (const name of Object.keys(arrays)) {
    if (!(name in specs)) {
      throw new Error(
        `unknown ${what}: ${name} (one of ${Object.keys(specs).join(', ') || 'none'})`,
      );
    }
  }
  for (const [name, spec] of Object.entries(specs)) {
    const array = arrays[name];
    if (array === undefined) throw new Error(`missing ${what}: ${name}`);
    const expected = arrayKind(spec.dtype);
    if (!(array instanceof expected)) {
      throw new Error(`${what} ${name} is a ${array.constructor.name} (a ${expected.name})`);
    }
    const size = leading * sizeOf(spec.shape);
    if (array.length !== size) {
      const shape = leading === 1 ? spec.shape : [leading, ...spec.shape];
      throw new Error(`${what} ${name} has ${array.length} values (${size}, shape [${shape}])`);
    }
  }
}

/** The typed array that holds a dtype. */
export function arrayKind(
  dtype: DType,
): Float32ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor {
  switch (dtype) {
    case 'float32':
      return Float32Array;
    case 'int32':
      return Int32Array;
    case 'bool':
      return Uint8Array;
  }
}
