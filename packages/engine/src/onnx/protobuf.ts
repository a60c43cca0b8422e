import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Attribute, ElementType } from '../graph.ts';
import type { HostArray } from '../tensor-spec.ts';

/**
 * The part of onnx.proto3 that training programs need, message by message.
 * Field numbers are those of the ONNX schema (IR version 9).
 */
const IR_VERSION = 9;
const OPSET = 20;

/** Wire types of protobuf: whole number, length-delimited, 32 bit. */
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** TensorProto.DataType */
export const ELEMENT_CODE: Readonly<Record<ElementType, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** Writes one message into the writer that is handed to it. */
export type Message = (writer: BinaryWriter) => void;

/** A dimension: a number, or a name where the extent is known only at run time. */
export type Dimension = number | string;

export interface ValueInfo {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly Dimension[];
}

/** An output that is a sequence of tensors. */
export interface SequenceInfo {
  readonly name: string;
  readonly sequenceOf: ElementType;
}

export interface GraphMessage {
  readonly name: string;
  readonly nodes: readonly Message[];
  readonly initializers: readonly Message[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly (ValueInfo | SequenceInfo)[];
}

const text = (w: BinaryWriter, field: number, value: string) => w.tag(field, BYTES).string(value);
const whole = (w: BinaryWriter, field: number, value: number) => w.tag(field, VARINT).int64(value);
const nested = (w: BinaryWriter, field: number, message: Message) => {
  w.tag(field, BYTES).fork();
  message(w);
  w.join();
};

const valueInfo =
  ({ name, dtype, shape }: ValueInfo): Message =>
  (w) => {
    text(w, 1, name);
    nested(w, 2, (type) =>
      nested(type, 1, (tensor) => {
        whole(tensor, 1, ELEMENT_CODE[dtype]);
        nested(tensor, 2, (extents) => {
          for (const extent of shape) {
            nested(extents, 1, (dimension) => {
              if (typeof extent === 'number') whole(dimension, 1, extent);
              else text(dimension, 2, extent);
            });
          }
        });
      }),
    );
  };

const sequenceInfo =
  ({ name, sequenceOf }: SequenceInfo): Message =>
  (w) => {
    text(w, 1, name);
    nested(w, 2, (type) =>
      nested(type, 4, (sequence) =>
        nested(sequence, 1, (element) =>
          nested(element, 1, (tensor) => whole(tensor, 1, ELEMENT_CODE[sequenceOf])),
        ),
      ),
    );
  };

/** TensorProto with raw little-endian data. */
export function tensor(
  name: string,
  dtype: ElementType,
  shape: readonly number[],
  data: HostArray | BigInt64Array,
): Message {
  return (w) => {
    for (const extent of shape) whole(w, 1, extent);
    whole(w, 2, ELEMENT_CODE[dtype]);
    text(w, 8, name);
    w.tag(9, BYTES).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  };
}

/** AttributeProto; the type codes are those of AttributeProto.AttributeType. */
export function attribute(name: string, { kind, value }: Attribute): Message {
  return (w) => {
    text(w, 1, name);
    switch (kind) {
      case 'float':
        w.tag(2, FIXED32).float(value);
        whole(w, 20, 1);
        break;
      case 'int':
        whole(w, 3, value);
        whole(w, 20, 2);
        break;
      case 'string':
        text(w, 4, value);
        whole(w, 20, 3);
        break;
      case 'ints':
        for (const v of value) whole(w, 8, v);
        whole(w, 20, 7);
        break;
    }
  };
}

/** An attribute that holds a graph: the body of a Loop. */
export function graphAttribute(name: string, body: GraphMessage): Message {
  return (w) => {
    text(w, 1, name);
    nested(w, 6, graph(body));
    whole(w, 20, 5);
  };
}

export interface NodeMessage {
  readonly op: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly Message[];
}

/** NodeProto; an input left out is the empty name. */
export function node({ op, domain, inputs, outputs, attributes = [] }: NodeMessage): Message {
  return (w) => {
    for (const name of inputs) text(w, 1, name);
    for (const name of outputs) text(w, 2, name);
    text(w, 4, op);
    for (const message of attributes) nested(w, 5, message);
    if (domain) text(w, 7, domain);
  };
}

function graph({ name, nodes, initializers, inputs, outputs }: GraphMessage): Message {
  return (w) => {
    for (const message of nodes) nested(w, 1, message);
    text(w, 2, name);
    for (const message of initializers) nested(w, 5, message);
    for (const info of inputs) nested(w, 11, valueInfo(info));
    for (const info of outputs) {
      nested(w, 12, 'sequenceOf' in info ? sequenceInfo(info) : valueInfo(info));
    }
  };
}

/** Bytes of a ModelProto around a graph, with the standard operators and ONNX Runtime's own. */
export function encodeModel(body: GraphMessage): Uint8Array {
  const writer = new BinaryWriter();
  whole(writer, 1, IR_VERSION);
  text(writer, 2, 'hyperlaw');
  nested(writer, 7, graph(body));
  for (const [domain, version] of [
    ['', OPSET],
    ['com.microsoft', 1],
  ] as const) {
    nested(writer, 8, (opset) => {
      text(opset, 1, domain);
      whole(opset, 2, version);
    });
  }
  return writer.finish();
}
