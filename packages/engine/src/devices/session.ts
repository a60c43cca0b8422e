import { createHash } from 'node:crypto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Target } from '../onnx/legalize.ts';
import type { Arrays, HostArray, Specs } from '../tensor-spec.ts';

/** Where and how sessions run. */
export interface SessionSettings {
  readonly target: Target;
  readonly session: InferenceSession.SessionOptions;
}

export type OrtTensors = Readonly<Record<string, Tensor>>;

type Rename = (name: string) => string;
const unchanged: Rename = (name) => name;

/** A session that says so when it is used after its end, where ONNX Runtime might crash. */
export interface Session {
  run(feeds: OrtTensors): Promise<OrtTensors>;
  release(): Promise<void>;
}

/** Opens a session on a model; `resident` leaves the outputs on the device. */
export async function openSession(
  model: Uint8Array,
  { session: options }: SessionSettings,
  { resident = false } = {},
): Promise<Session> {
  const session = await InferenceSession.create(model, {
    ...profiledBy(model, options),
    ...(resident && { preferredOutputLocation: 'gpu-buffer' as const }),
  });
  let released = false;
  return {
    async run(feeds) {
      if (released) throw new Error('the program is disposed');
      return session.run(feeds);
    },
    async release() {
      if (released) return;
      released = true;
      await endSession(session, options);
    },
  };
}

/** Options with which a model's profile has a name of its own: ONNX Runtime's differ by the millisecond alone. */
export function profiledBy(
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): InferenceSession.SessionOptions {
  if (!options.enableProfiling) return options;
  const digest = createHash('sha256').update(model).digest('hex').slice(0, 12);
  return { ...options, profileFilePrefix: `${options.profileFilePrefix}-${digest}` };
}

/** Releases a session; the profile of one that has one is written first. */
export async function endSession(
  session: InferenceSession,
  { enableProfiling = false }: InferenceSession.SessionOptions,
): Promise<void> {
  if (enableProfiling) session.endProfiling();
  await session.release();
}

/** Host values as ONNX Runtime's tensors; `leading` is the extent of an axis put before each shape. */
export function tensorsOf(
  specs: Specs,
  arrays: Arrays,
  { rename = unchanged, leading }: { rename?: Rename; leading?: number } = {},
): OrtTensors {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => {
      const dims = leading === undefined ? shape : [leading, ...shape];
      return [rename(name), new Tensor(dtype, arrays[name] as HostArray as never, dims)];
    }),
  );
}

/** Values of tensors that are on the host. */
export function hostArrays(
  tensors: OrtTensors,
  names: readonly string[],
  rename: Rename = unchanged,
): Arrays {
  return Object.fromEntries(
    names.map((name) => [name, (tensors[rename(name)] as Tensor).data as HostArray]),
  );
}

/** A whole number as ONNX counts iterations. */
export const count = (value: number): Tensor =>
  new Tensor('int64', BigInt64Array.of(BigInt(value)), []);
