export type {
  Device,
  DeviceKind,
  FunctionProgram,
  FunctionSpec,
  Hardware,
  LoopProgram,
  LoopRun,
  LoopSpec,
} from './devices/device.ts';
export type { NvidiaReport } from './devices/nvidia/report.ts';
export { nvidiaReports } from './devices/nvidia/report.ts';
export { openCpu } from './devices/onnx-kinds.ts';
export type { DeviceOptions, DeviceReport } from './devices/open-device.ts';
export { DEVICE_KINDS, doctor, openDevice } from './devices/open-device.ts';
export { runtimeModules } from './runtime-modules.ts';
export { runSelftest } from './selftest/run-selftest.ts';
export type { SelftestPart } from './selftest/selftest.ts';
export type { Arrays, DType, HostArray, Specs, TensorSpec, Tensors } from './tensor-spec.ts';
export { float32, int32, sizeOf } from './tensor-spec.ts';
export { TraceError } from './trace-error.ts';
