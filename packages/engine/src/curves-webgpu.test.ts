import { describe } from 'vitest';
import { openDevice } from './devices/open-device.ts';
import { describeCurves } from './testing/curves.ts';
import { webgpuStarts } from './testing/vulkan.ts';

describe.skipIf(!(await webgpuStarts()))('webgpu', () => {
  // Ten times that of the cpu: WGSL's functions are good to a few more roundings.
  describeCurves('webgpu', 1e-3, () => openDevice('webgpu', { tried: true }));
});
