import { isMainThread } from 'node:worker_threads';

/**
 * NVIDIA's libraries read it when a program first uses them, and then round no float32 factor to TF32's 10 bits, whatever
 * a program asks for. ONNX Runtime asks for TF32 unless it is told otherwise (`use_tf32` of its CUDA provider), and its
 * binding for Node passes no option of that provider on but the GPU's number (`ParseExecutionProviders` in
 * js/node/src/session_options_helper.cc); cuDNN's graphs do not heed that option anyway (microsoft/onnxruntime#19470).
 */
const OVERRIDE = 'NVIDIA_TF32_OVERRIDE';

/** The environment of a process whose float32 products on an NVIDIA GPU have full precision. */
export const FULL_PRECISION = { [OVERRIDE]: '0' } as const;

/**
 * Sees to it that float32 products of this process have full precision on NVIDIA GPUs, before their libraries are loaded.
 * Throws in a worker whose parent did not: a worker's environment is a copy, which no library reads.
 */
export function demandFullPrecision(): void {
  if (isMainThread) process.env[OVERRIDE] = FULL_PRECISION[OVERRIDE];
  else if (process.env[OVERRIDE] !== FULL_PRECISION[OVERRIDE]) {
    throw new Error(
      `a GPU in a worker whose process rounds to TF32 (open the device in the main thread first, or set ${OVERRIDE}=0)`,
    );
  }
}
