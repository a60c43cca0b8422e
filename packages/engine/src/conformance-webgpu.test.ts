import { describe } from 'vitest';
import { openDevice } from './devices/open-device.ts';
import { families } from './testing/cases/index.ts';
import { describeConformance } from './testing/conformance.ts';
import { webgpuStarts } from './testing/vulkan.ts';

/** WGSL's sine may be off by 2⁻¹¹, its exponential by 3 + 2|x| roundings, and others follow from these. */
const tolerances = { rounded: 1e-5, summed: 2e-5, approximate: 1e-3 };

describe.skipIf(!(await webgpuStarts()))('webgpu', () => {
  describeConformance('webgpu', families, tolerances, () => openDevice('webgpu', { tried: true }));
});
