import { describe } from 'vitest';
import { openDevice } from './devices/open-device.ts';
import { describeLoopLaws } from './testing/loop-laws.ts';
import { webgpuStarts } from './testing/vulkan.ts';

describe.skipIf(!(await webgpuStarts()))('webgpu', () => {
  describeLoopLaws('webgpu', 1e-4, () => openDevice('webgpu', { tried: true }));
});
