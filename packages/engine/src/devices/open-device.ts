import type { Device, DeviceKind } from './device.ts';
import { openOnnx, tryCpu, tryCuda, tryWebgpu } from './onnx-kinds.ts';
import type { Environment, ProbeOptions } from './probe.ts';
import type { Attempt } from './start.ts';
import { tryTensorflow } from './tensorflow.ts';

/** How a device is looked for and opened; `cpu`, which needs no driver, reads `profile` alone. */
export interface DeviceOptions {
  /** Environment in which drivers are looked for. */
  readonly env?: Environment;
  /** Open a named device without a trial start: another process has just made one. */
  readonly tried?: boolean;
  /** Folder to which every program of a device that has been tried writes ONNX Runtime's profile as it is disposed. */
  readonly profile?: string;
}

/** All kinds of devices, in the order in which they are told of. */
export const DEVICE_KINDS: readonly DeviceKind[] = ['cpu', 'webgpu', 'cuda', 'tensorflow'];

const attempts: Readonly<Record<DeviceKind, (options: ProbeOptions) => Promise<Attempt>>> = {
  cpu: tryCpu,
  webgpu: tryWebgpu,
  cuda: tryCuda,
  tensorflow: tryTensorflow,
};

/**
 * Opens a device by name, or with `auto` the fastest that starts: `cpu`, `webgpu` and `cuda` are timed on matrix
 * products. `tensorflow` runs kernel by kernel and is opened by name only; so is a GPU that is software.
 * @throws if the name is unknown, or the device cannot start; the error says what to do.
 */
export async function openDevice(
  kind: 'auto' | DeviceKind,
  { env = process.env, tried = false, profile }: DeviceOptions = {},
): Promise<Device> {
  switch (kind) {
    case 'auto':
      return fastest(env);
    case 'cpu':
      return openOnnx('cpu', { ...(profile && { profile }) });
    case 'webgpu':
    case 'cuda':
      return tried
        ? openOnnx(kind, { ...(profile && { profile }) })
        : started(kind, await attempts[kind]({ env, timed: false }));
    case 'tensorflow':
      return started(kind, await attempts[kind]({ env, timed: false }));
    default:
      throw new Error(`unknown device: ${kind} (auto, ${listed(DEVICE_KINDS)})`);
  }
}

function started(kind: DeviceKind, attempt: Attempt): Device {
  if (attempt.starts) return attempt.open('named');
  throw new Error(`${kind} cannot start: ${attempt.reason} (${attempt.advice})`);
}

async function fastest(env: Environment): Promise<Device> {
  const kinds = ['cpu', 'webgpu', 'cuda'] as const;
  const tried = await Promise.all(
    kinds.map(async (kind) => [kind, await attempts[kind]({ env, timed: true })] as const),
  );
  const ready = tried.flatMap(([kind, attempt]) =>
    attempt.starts && !attempt.software
      ? [{ kind, ...attempt, speed: attempt.gigaflops ?? 0 }]
      : [],
  );
  const [best] = ready.sort((a, b) => b.speed - a.speed);
  if (!best) throw new Error('no device starts (npx hyperlaw doctor tells why)');
  const others = tried.flatMap(([kind, attempt]) => {
    if (kind === best.kind) return [];
    if (!attempt.starts) return [`${kind} cannot start: ${attempt.reason}`];
    if (attempt.software) return [`${kind} is software`];
    return [`${kind} makes ${speed(attempt.gigaflops)}`];
  });
  return best.open([`fastest, ${speed(best.gigaflops)}`, ...others].join('; '));
}

const speed = (gigaflops: number | null) => `${(gigaflops ?? 0).toFixed(0)} GFLOP/s`;

const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** Whether a device can start, and what to do where it cannot. */
export interface DeviceReport {
  readonly kind: DeviceKind;
  readonly starts: boolean;
  /** What it runs on, where it starts. */
  readonly name: string | null;
  /** Speed of 256×256 matrix products, where measured. */
  readonly gigaflops: number | null;
  /** Why it cannot start. */
  readonly reason: string | null;
  /** What would make it start, or faster. */
  readonly advice: string | null;
}

/** Tries every device. */
export async function doctor({
  env = process.env,
}: DeviceOptions = {}): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = [];
  // One after another, so that they do not slow each other's timing.
  for (const kind of DEVICE_KINDS) {
    const attempt = await attempts[kind]({ env, timed: true });
    reports.push(reportOf(kind, attempt));
  }
  return reports;
}

function reportOf(kind: DeviceKind, attempt: Attempt): DeviceReport {
  if (!attempt.starts) {
    const { reason, advice } = attempt;
    return { kind, starts: false, name: null, gigaflops: null, reason, advice };
  }
  return {
    kind,
    starts: true,
    name: attempt.open('tried').name,
    gigaflops: attempt.gigaflops,
    reason: null,
    advice: attempt.software ? 'a software driver: for tests, auto passes it over' : null,
  };
}
