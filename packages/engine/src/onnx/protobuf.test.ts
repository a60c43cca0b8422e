import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { attribute, encodeModel, graphAttribute, node, tensor } from './protobuf.ts';

/** A message as fields by number, each a list of what was written under it. */
type Fields = Readonly<Record<number, readonly (Uint8Array | bigint | number)[]>>;

function fields(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const found: Record<number, (Uint8Array | bigint | number)[]> = {};
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const values = found[number] ?? [];
    found[number] = values;
    if (type === WireType.Varint) values.push(BigInt(reader.int64()));
    else if (type === WireType.Bit32) values.push(reader.float());
    else if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else throw new Error(`wire type ${type}`);
  }
  return found;
}

const inner = (message: Fields, number: number, index = 0) =>
  fields(message[number]?.[index] as Uint8Array);
const text = (message: Fields, number: number, index = 0) =>
  new TextDecoder().decode(message[number]?.[index] as Uint8Array);

const empty = { initializers: [], inputs: [], outputs: [] };

describe('an ONNX model, read back by the field numbers of its schema', () => {
  const model = fields(
    encodeModel({
      name: 'g',
      nodes: [
        node({
          op: 'Op',
          domain: 'com.microsoft',
          inputs: ['a', '', 'ü'],
          outputs: ['b'],
          attributes: [
            attribute('f', { kind: 'float', value: -1.5 }),
            attribute('i', { kind: 'int', value: -3 }),
            attribute('l', { kind: 'ints', value: [-1, 0, 2 ** 40] }),
            attribute('s', { kind: 'string', value: 'text' }),
            graphAttribute('body', { name: 'inner', nodes: [], ...empty }),
          ],
        }),
      ],
      initializers: [tensor('t', 'float32', [2, 1], Float32Array.of(0.5, Number.NaN))],
      inputs: [{ name: 'a', dtype: 'int32', shape: [3, 'steps'] }],
      outputs: [{ name: 'b', dtype: 'bool', shape: [] }],
    }),
  );
  const graph = inner(model, 7);

  it('has a version, operator sets and a graph', () => {
    expect(model[1]).toEqual([9n]);
    expect([text(inner(model, 8, 0), 1), inner(model, 8, 0)[2]]).toEqual(['', [20n]]);
    expect([text(inner(model, 8, 1), 1), inner(model, 8, 1)[2]]).toEqual(['com.microsoft', [1n]]);
    expect(text(graph, 2)).toBe('g');
  });

  it('has nodes with their inputs, outputs and attributes of each kind', () => {
    const op = inner(graph, 1);
    expect([0, 1, 2].map((i) => text(op, 1, i))).toEqual(['a', '', 'ü']);
    expect([text(op, 2), text(op, 4), text(op, 7)]).toEqual(['b', 'Op', 'com.microsoft']);
    const [f, i, l, s, body] = [0, 1, 2, 3, 4].map((k) => inner(op, 5, k)) as [
      Fields,
      Fields,
      Fields,
      Fields,
      Fields,
    ];
    expect([text(f, 1), f[2], f[20]]).toEqual(['f', [-1.5], [1n]]);
    expect([text(i, 1), i[3], i[20]]).toEqual(['i', [-3n], [2n]]);
    expect([text(l, 1), l[8], l[20]]).toEqual(['l', [-1n, 0n, 2n ** 40n], [7n]]);
    expect([text(s, 1), text(s, 4), s[20]]).toEqual(['s', 'text', [3n]]);
    expect([text(body, 1), text(inner(body, 6), 2), body[20]]).toEqual(['body', 'inner', [5n]]);
  });

  it('has initializers with the very bytes of their values', () => {
    const t = inner(graph, 5);
    expect([t[1], t[2], text(t, 8)]).toEqual([[2n, 1n], [1n], 't']);
    const [bytes] = (t[9] ?? []) as readonly Uint8Array[];
    expect(new Float32Array(Uint8Array.from(bytes ?? []).buffer)).toEqual(
      Float32Array.of(0.5, Number.NaN),
    );
  });

  it('has inputs and outputs with their types, and extents that are numbers or names', () => {
    const type = (info: Fields) => inner(inner(info, 2), 1);
    const a = inner(graph, 11);
    expect([text(a, 1), type(a)[1]]).toEqual(['a', [6n]]);
    const shape = inner(type(a), 2);
    expect([inner(shape, 1, 0)[1], text(inner(shape, 1, 1), 2)]).toEqual([[3n], 'steps']);
    expect(type(inner(graph, 12))[1]).toEqual([9n]);
  });
});
