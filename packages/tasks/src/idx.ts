/** Unsigned bytes in an array of some shape, as the IDX format of MNIST holds them. */
export interface ByteArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes: two zero bytes, type 8, the number of dimensions, each
 * dimension as a big-endian 32-bit integer, then the values. Throws one line that names the file where
 * it is not that, is truncated, or goes on beyond its values.
 */
export function parseIdx(bytes: Uint8Array, path: string): ByteArray {
  const rank = bytes[3] ?? 0;
  const header = 4 + 4 * rank;
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== 8 || rank < 1) {
    throw new Error(`not an idx file of bytes: ${path}`);
  }
  if (bytes.length < header) {
    throw new Error(`truncated file: ${path} (${bytes.length} bytes of a header of ${header})`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = header + shape.reduce((a, b) => a * b, 1);
  if (bytes.length < size) {
    throw new Error(`truncated file: ${path} (${bytes.length} of ${size} bytes)`);
  }
  if (bytes.length > size) {
    throw new Error(`damaged file: ${path} (${bytes.length} bytes where ${size} are announced)`);
  }
  return { shape, values: bytes.subarray(header) };
}
