import type { InferenceSession } from 'onnxruntime-common';
import type { Target } from '../onnx/legalize.ts';
import type { Device } from './device.ts';

export interface OnnxDeviceOptions {
  readonly kind: Target;
  readonly name: string;
  readonly reason: string;
  readonly session: InferenceSession.SessionOptions;
}

/**
 * ONNX Runtime as a device: traces, writes the model, and runs it in a session of its own.
 *
 * Neither ONNX Runtime nor tfjs is loaded before something is compiled.
 */
export function onnxDevice({ kind, name, reason, session }: OnnxDeviceOptions): Device {
  return {
    kind,
    hardware: kind === 'cpu' ? 'processor' : 'gpu',
    name,
    reason,
    async compile(spec) {
      const { functionProgram } = await import('./function-program.ts');
      return functionProgram(spec, { target: kind, session });
    },
    async compileLoop(spec) {
      // ONNX Runtime's Loop runs where the processor is: on WebGPU it would carry the state to the host and back
      // at every step (measured: 200 times slower), so there each step is a run, and the state stays.
      if (kind === 'webgpu') {
        const { steppedProgram } = await import('./stepped-program.ts');
        return steppedProgram(spec, { target: kind, session });
      }
      const { hostProgram } = await import('./host-program.ts');
      return hostProgram(spec, { target: kind, session });
    },
    async close() {},
  };
}
