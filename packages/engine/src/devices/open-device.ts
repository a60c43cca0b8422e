import * as ort from 'onnxruntime-node';
import type { Device } from './device.ts';
import { onnxDevice } from './onnx-device.ts';

/** Opens the CPU: ONNX Runtime on one thread, since parallelism is one session a worker. */
export function openCpu(): Device {
  return onnxDevice(ort, {
    kind: 'cpu',
    name: `ONNX Runtime ${ort.env.versions.node}, cpu, 1 thread`,
    session: {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      logSeverityLevel: 3,
    },
  });
}
