import { describe } from 'vitest';
import { openDevice } from './devices/open-device.ts';
import { families } from './selftest/cases/index.ts';
import { tolerancesOf } from './selftest/tolerances.ts';
import { describeConformance } from './testing/conformance.ts';
import { webgpuStarts } from './testing/vulkan.ts';

describe.skipIf(!(await webgpuStarts()))('webgpu', () => {
  const open = () => openDevice('webgpu', { tried: true });
  describeConformance('webgpu', families, tolerancesOf('webgpu'), open);
});
