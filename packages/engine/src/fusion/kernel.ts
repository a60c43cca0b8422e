import type { Layout } from './layout.ts';
import type { Term, UpdateGroup } from './plan-update.ts';
import type { Code, FloatCode } from './wasm.ts';
import {
  get,
  i32,
  loopWhile,
  moduleBytes,
  scalar,
  set,
  splatFrom,
  VALUE_TYPE,
  vector,
} from './wasm.ts';

const PAGE = 2 ** 16;

/** Locals that hold addresses. */
const [OFFSET, END, LANE] = [0, 1, 2] as const;
const ADDRESSES = 3;

/**
 * WebAssembly that makes the next state of all groups, in place: every element is loaded once, goes through all of its
 * update in registers, and is stored once. The arithmetic is that of the graph, rounded operation by operation.
 */
export function kernelBytes(groups: readonly UpdateGroup[], layout: Layout): Uint8Array {
  const registers = Math.max(0, ...groups.map(({ terms }) => terms.length));
  const locals = [
    { type: VALUE_TYPE.i32, count: ADDRESSES },
    { type: vector.type, count: registers },
    { type: scalar.type, count: registers },
  ];
  const code = groups.flatMap((group) => groupCode(group, layout, registers));
  return moduleBytes(Math.max(1, Math.ceil(layout.bytes / PAGE)), locals, code);
}

function groupCode(group: UpdateGroup, layout: Layout, registers: number): Code {
  const { lanes, size, terms } = group;
  const wide = 4 * Math.floor(size / 4);
  const register = {
    wide: (term: number) => ADDRESSES + term,
    narrow: (term: number) => ADDRESSES + registers + term,
  };
  const element = (code: FloatCode, local: Local): Code => [
    ...terms.flatMap((term, i) => termCode(term, local(i), { code, local, layout })),
    ...[...group.results].flatMap(([name, term]) => [
      ...get(OFFSET),
      ...get(local(term)),
      ...code.store(layout.addressOfState(name)),
    ]),
    ...[...get(OFFSET), ...i32.constant(code.bytes), ...i32.add, ...set(OFFSET)],
  ];
  const scalars = terms.flatMap((term, i): Code => {
    if (term.kind !== 'scalar') return [];
    const address = term.perLane ? get(LANE) : i32.constant(0);
    const at = layout.addressOf(term.source);
    return [
      ...[...address, ...splatFrom(at), ...set(register.wide(i))],
      ...[...address, ...scalar.load(at), ...set(register.narrow(i))],
    ];
  });
  const vectors: Code =
    wide === 0
      ? []
      : [
          ...[...get(OFFSET), ...i32.constant(4 * wide), ...i32.add, ...set(END)],
          ...loopWhile(element(vector, register.wide), get(OFFSET), get(END), i32.lessUnsigned),
        ];
  const rest = Array.from({ length: size - wide }, () => element(scalar, register.narrow)).flat();
  return [
    ...[...i32.constant(0), ...set(OFFSET), ...i32.constant(0), ...set(LANE)],
    ...loopWhile(
      [...scalars, ...vectors, ...rest],
      [...get(LANE), ...i32.constant(4), ...i32.add, ...set(LANE)],
      [...get(LANE), ...i32.constant(4 * lanes), ...i32.lessUnsigned],
    ),
  ];
}

type Local = (term: number) => number;

function termCode(
  term: Term,
  target: number,
  { code, local, layout }: { code: FloatCode; local: Local; layout: Layout },
): Code {
  switch (term.kind) {
    case 'constant':
      return [...code.constant(term.value), ...set(target)];
    case 'scalar':
      // Loaded once a lane.
      return [];
    case 'tensor':
      return [...get(OFFSET), ...code.load(layout.addressOf(term.source)), ...set(target)];
    case 'operation': {
      const operands = term.terms.flatMap((operand) => get(local(operand)));
      return [...operands, ...code.operation(term.op), ...set(target)];
    }
  }
}
