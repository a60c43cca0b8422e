import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One operator's part of a program's time. */
export interface OperatorShare {
  readonly operator: string;
  readonly share: number;
}

/** What ONNX Runtime says of the steps of a program. */
export interface StepProfile {
  /** Kernels launched by one step. */
  readonly kernels: number;
  /** The largest parts first. */
  readonly operators: readonly OperatorShare[];
}

/** An event of ONNX Runtime's profile. On WebGPU `Api` events are the GPU's own times of kernels. */
interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly op_name?: string };
}

/** Times an operator's median beyond which a duration is a pause. */
const PAUSE = 20;

/** Nodes that hold others, whose time is theirs. */
const HOLDERS = ['Loop', 'If', 'SequenceEmpty'];

/** Where the time of `steps` steps went, from the largest of the profiles in a folder: that of the training program. */
export function readProfile(folder: string, steps: number): StepProfile {
  const profiles = readdirSync(folder).map((name) => eventsIn(join(folder, name)));
  const [largest] = profiles.sort((a, b) => b.length - a.length);
  return profileOf(largest ?? [], steps);
}

/** Where the time of `steps` steps went, from the events of a profile. */
export function profileOf(events: readonly ProfileEvent[], steps: number): StepProfile {
  const launches = events.filter(({ cat }) => cat === 'Api');
  const nodes = events.filter(
    ({ cat, name, args }) =>
      cat === 'Node' && name?.endsWith('_kernel_time') && !HOLDERS.includes(args?.op_name ?? ''),
  );
  const kernels = launches.length > 0 ? launches : nodes;
  const durations = new Map<string, number[]>();
  for (const { args, name = '', dur = 0 } of kernels) {
    const operator = args?.op_name ?? name.split('&').at(-1) ?? name;
    durations.set(operator, [...(durations.get(operator) ?? []), dur]);
  }
  const times = [...durations].map(([operator, all]) => [operator, withoutPauses(all)] as const);
  const total = times.reduce((sum, [, one]) => sum + one, 0);
  return {
    kernels: kernels.length / steps,
    operators: times
      .map(([operator, time]) => ({ operator, share: total > 0 ? time / total : 0 }))
      .sort((a, b) => b.share - a.share),
  };
}

/** The sum of durations; one far beyond the others of its operator was a pause, in which the core was somebody else's. */
function withoutPauses(durations: readonly number[]): number {
  const middle = [...durations].sort((a, b) => a - b)[durations.length >> 1] ?? 0;
  return durations.reduce((sum, one) => sum + Math.min(one, PAUSE * middle), 0);
}

function eventsIn(path: string): readonly ProfileEvent[] {
  return JSON.parse(readFileSync(path, 'utf8')) as readonly ProfileEvent[];
}
