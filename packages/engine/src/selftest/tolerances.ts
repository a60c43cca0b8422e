import type { DeviceKind } from '../devices/device.ts';
import type { Tolerances } from './case.ts';

/** Errors allowed on a device; `curve` for some thirty steps of training, in which every step's error is carried on. */
export interface DeviceTolerances extends Tolerances {
  readonly curve: number;
}

/** 5e-6 is 40 roundings of a float32. */
const processor: DeviceTolerances = {
  rounded: 5e-6,
  summed: 2e-5,
  approximate: 5e-5,
  curve: 1e-4,
};

/** WGSL's sine may be off by 2⁻¹¹, its exponential by 3 + 2|x| roundings, and others follow from these. */
const shaders: DeviceTolerances = { rounded: 1e-5, summed: 2e-5, approximate: 1e-3, curve: 1e-3 };

/** What a kind of device is held to. */
export function tolerancesOf(kind: DeviceKind): DeviceTolerances {
  switch (kind) {
    case 'webgpu':
      return shaders;
    case 'cpu':
    case 'cuda':
    case 'tensorflow':
      return processor;
  }
}
