import type { Device } from './device.ts';
import { demandFullPrecision } from './full-precision.ts';
import { gpuName } from './gpu-name.ts';
import type { ProbeOptions } from './probe.ts';
import type { Attempt } from './start.ts';

const BACKEND = 'tensorflow';
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** The part of tfjs-node that is asked for its version. */
interface TensorFlowModule {
  readonly node?: { readonly TF_VERSION?: string };
  readonly default?: TensorFlowModule;
}

/** The part of its backend that is asked where it computes: `isUsingGpuDevice` of its binding, false where it found no GPU. */
interface TensorFlowBackend {
  readonly isUsingGpuDevice?: boolean;
}

type Load = (name: string) => Promise<TensorFlowModule>;

const loadPackage: Load = (name) => import(name);

/** TensorFlow's own kernels, run eagerly: the first of its two packages that loads. */
export async function tryTensorflow(
  { env }: Pick<ProbeOptions, 'env'>,
  load: Load = loadPackage,
): Promise<Attempt> {
  const faults: string[] = [];
  demandFullPrecision();
  for (const name of PACKAGES) {
    try {
      const open = await opener(name, await load(name), env);
      return { starts: true, gigaflops: null, software: false, open };
    } catch (error) {
      faults.push(`${name} ${fault(error)}`);
    }
  }
  return { starts: false, reason: faults.join(', '), advice: 'run npm run gpu:enable' };
}

async function opener(
  packageName: string,
  loaded: TensorFlowModule,
  env: ProbeOptions['env'],
): Promise<(reason: string) => Device> {
  const { eagerDevice } = await import('./eager-device.ts');
  const { findBackend } = await import('@tensorflow/tfjs');
  const version = loaded.node?.TF_VERSION ?? loaded.default?.node?.TF_VERSION;
  const backend = findBackend(BACKEND) as TensorFlowBackend | null;
  const hardware = backend?.isUsingGpuDevice ? 'gpu' : 'processor';
  const where = hardware === 'gpu' ? (gpuName(env) ?? 'a GPU') : 'the processor';
  const name = `TensorFlow${version ? ` ${version}` : ''}, ${packageName}, eager, on ${where}`;
  return (reason) => eagerDevice({ kind: 'tensorflow', hardware, name, reason, backend: BACKEND });
}

function fault(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return 'is not installed';
  const [line = ''] = String((error as Error).message).split('\n');
  if (/native addon|tfjs_binding/.test(line)) return 'lacks its native library';
  return `fails: ${line.slice(0, 160)}`;
}
