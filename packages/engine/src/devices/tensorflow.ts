import type { Device } from './device.ts';
import type { Attempt } from './start.ts';

const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** The part of tfjs-node that is asked for its version. */
interface TensorFlowModule {
  readonly node?: { readonly TF_VERSION?: string };
  readonly default?: TensorFlowModule;
}

/** TensorFlow's own kernels, run eagerly: the first of its two packages that loads. */
export async function tryTensorflow(): Promise<Attempt> {
  const faults: string[] = [];
  for (const name of PACKAGES) {
    try {
      const loaded: TensorFlowModule = await import(name);
      return { starts: true, gigaflops: null, software: false, open: await opener(name, loaded) };
    } catch (error) {
      faults.push(`${name} ${fault(error)}`);
    }
  }
  return { starts: false, reason: faults.join(', '), advice: 'run npm run gpu:enable' };
}

async function opener(
  packageName: string,
  loaded: TensorFlowModule,
): Promise<(reason: string) => Device> {
  const { eagerDevice } = await import('./eager-device.ts');
  const version = loaded.node?.TF_VERSION ?? loaded.default?.node?.TF_VERSION;
  const name = `TensorFlow${version ? ` ${version}` : ''}, ${packageName}, eager`;
  return (reason) => eagerDevice({ kind: 'tensorflow', name, reason, backend: 'tensorflow' });
}

function fault(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return 'is not installed';
  const [line = ''] = String((error as Error).message).split('\n');
  if (/native addon|tfjs_binding/.test(line)) return 'lacks its native library';
  return `fails: ${line.slice(0, 160)}`;
}
