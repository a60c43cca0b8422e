import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-common';
import type { Target } from '../onnx/legalize.ts';
import type { Device } from './device.ts';
import { demandFullPrecision } from './full-precision.ts';
import { gpuName } from './gpu-name.ts';
import { cudaNeeds } from './nvidia/needs.ts';
import { onnxDevice } from './onnx-device.ts';
import type { ProbeOptions } from './probe.ts';
import { probe } from './probe.ts';
import type { Attempt } from './start.ts';

const require = createRequire(import.meta.url);

interface RuntimePackage {
  readonly folder: string;
  readonly version: string;
}

function runtimePackage(): RuntimePackage {
  const path = require.resolve('onnxruntime-node/package.json');
  const { version } = require(path) as { version: string };
  return { folder: dirname(path), version };
}

const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  // Errors only: warnings tell of nodes that run on the host, which is as intended.
  logSeverityLevel: 3,
  // In a graph where two scales of one value stand under products, it leaves a node without its input (1.30).
  extra: { 'optimization.disable_specified_optimizers': 'MatMulScaleFusion' },
};

/** How each provider's sessions run. */
export const SESSIONS: Readonly<Record<Target, InferenceSession.SessionOptions>> = {
  cpu: { ...SESSION, executionProviders: ['cpu'] },
  cuda: { ...SESSION, executionProviders: ['cuda'] },
  webgpu: { ...SESSION, executionProviders: ['webgpu'] },
};

/** One of ONNX Runtime's providers as a device, without trying whether it starts. */
export function openOnnx(
  kind: Target,
  {
    note = '',
    reason = 'named',
    profile,
  }: { readonly note?: string; readonly reason?: string; readonly profile?: string } = {},
): Device {
  if (kind === 'cuda') demandFullPrecision();
  const { version } = runtimePackage();
  const name = `ONNX Runtime ${version}, ${kind}${note || (kind === 'cpu' ? ', 1 thread' : '')}`;
  const profiling = profile && { enableProfiling: true, profileFilePrefix: join(profile, 'ort') };
  return onnxDevice({ kind, name, reason, session: { ...SESSIONS[kind], ...profiling } });
}

/** Opens the CPU: ONNX Runtime on one thread, since parallelism is one session a worker. */
export function openCpu(): Device {
  return openOnnx('cpu');
}

export async function tryCpu(options: ProbeOptions): Promise<Attempt> {
  const result = await probe('cpu', options);
  if (result.starts)
    return { ...result, software: false, open: (reason) => openOnnx('cpu', { reason }) };
  return { ...result, advice: 'reinstall the packages: npm ci' };
}

const noteOf = (gpu: string | null) => (gpu === null ? '' : `, ${gpu}`);

/** Drivers that compute on the processor: for tests, not for speed. */
const SOFTWARE = /swiftshader|lvp|llvmpipe|lavapipe/i;

export async function tryWebgpu(options: ProbeOptions): Promise<Attempt> {
  const driver = `${options.env.VK_DRIVER_FILES ?? ''}${options.env.VK_ICD_FILENAMES ?? ''}`;
  const software = SOFTWARE.test(driver);
  const result = await probe('webgpu', options);
  if (result.starts) {
    const note = software ? ', software driver' : noteOf(gpuName(options.env));
    return { ...result, software, open: (reason) => openOnnx('webgpu', { reason, note }) };
  }
  const advice =
    process.platform === 'linux'
      ? 'install the Vulkan loader and the driver of your GPU (Debian: libvulkan1, and mesa-vulkan-drivers or nvidia-driver)'
      : 'update the driver of your GPU';
  return { ...result, advice };
}

export async function tryCuda(options: ProbeOptions): Promise<Attempt> {
  const platform = `${process.platform}/${process.arch}`;
  if (platform !== 'linux/x64') {
    const reason = `ONNX Runtime's package has no CUDA for ${platform}`;
    return { starts: false, reason, advice: 'use webgpu' };
  }
  const library = join(
    runtimePackage().folder,
    'bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so',
  );
  if (!existsSync(library)) {
    return {
      starts: false,
      reason: 'its library is not installed',
      advice: 'run npm run gpu:enable',
    };
  }
  const result = await probe('cuda', options);
  if (result.starts) {
    const note = noteOf(gpuName(options.env));
    return { ...result, software: false, open: (reason) => openOnnx('cuda', { reason, note }) };
  }
  const { cuda, cudnn, driver } = cudaNeeds(runtimePackage().version);
  const advice = `install the NVIDIA driver, ${driver} or newer, CUDA ${cuda} and cuDNN ${cudnn}`;
  return { ...result, advice };
}
