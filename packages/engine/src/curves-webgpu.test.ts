import { describe } from 'vitest';
import { openDevice } from './devices/open-device.ts';
import { tolerancesOf } from './selftest/tolerances.ts';
import { describeCurves } from './testing/curves.ts';
import { webgpuStarts } from './testing/vulkan.ts';

describe.skipIf(!(await webgpuStarts()))('webgpu', () => {
  const open = () => openDevice('webgpu', { tried: true });
  describeCurves('webgpu', tolerancesOf('webgpu').curve, open);
});
