import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openDevice } from '../devices/open-device.ts';

/** Where Debian's chromium package keeps the driver that computes on the processor. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/**
 * Whether WebGPU starts, with the software driver where no other is named. Says so in one line where it does not;
 * with HYPERLAW_REQUIRE_WEBGPU=1 that is an error.
 */
export async function webgpuStarts(): Promise<boolean> {
  const { env } = process;
  if (!env.VK_ICD_FILENAMES && !env.VK_DRIVER_FILES && existsSync(SWIFTSHADER)) {
    env.VK_ICD_FILENAMES = SWIFTSHADER;
  }
  env.XDG_RUNTIME_DIR ??= tmpdir();
  try {
    await openDevice('webgpu');
    return true;
  } catch (error) {
    if (env.HYPERLAW_REQUIRE_WEBGPU === '1') throw error;
    console.warn(`skipped: tests on WebGPU, since ${(error as Error).message}`);
    return false;
  }
}
