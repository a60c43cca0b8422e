import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Tensors } from '../tensor-spec.ts';
import { float32 } from '../tensor-spec.ts';
import { webgpuStarts } from '../testing/vulkan.ts';
import type { DeviceKind } from './device.ts';
import { DEVICE_KINDS, doctor, openDevice } from './open-device.ts';

/** An environment in which no Vulkan driver is found. */
const bare = { ...process.env, VK_ICD_FILENAMES: '/nonexistent', VK_DRIVER_FILES: '/nonexistent' };
const vulkan = await webgpuStarts();
const linux = process.platform === 'linux';

describe('openDevice', () => {
  it('opens the cpu by name', async () => {
    const device = await openDevice('cpu');
    expect(device.kind).toBe('cpu');
    expect(device.name).toMatch(/^ONNX Runtime \d+\.\d+\.\d+, cpu, 1 thread$/);
    expect(device.reason).toBe('named');
    await device.close();
  });

  it('knows no other names', async () => {
    await expect(openDevice('foo' as DeviceKind)).rejects.toThrow(
      /^unknown device: foo \(auto, cpu, webgpu, cuda or tensorflow\)$/,
    );
  });

  it.runIf(linux)('says why WebGPU cannot start, and what to do', async () => {
    await expect(openDevice('webgpu', { env: bare })).rejects.toThrow(
      /^webgpu cannot start: .+ \(install the Vulkan loader and the driver of your GPU .+\)$/,
    );
  });

  it('says why the others cannot start, where they cannot', async () => {
    for (const report of await doctor({ env: bare })) {
      if (report.starts || report.kind === 'webgpu') continue;
      await expect(openDevice(report.kind)).rejects.toThrow(
        `${report.kind} cannot start: ${report.reason} (${report.advice})`,
      );
    }
  });

  it('chooses the fastest, and says why', async () => {
    const device = await openDevice('auto', { env: bare });
    const cuda = device.kind === 'cuda';
    expect(device.kind).toBe(cuda ? 'cuda' : 'cpu');
    expect(device.reason).toMatch(/^fastest, \d+ GFLOP\/s; .*webgpu cannot start: /);
  });

  it.runIf(vulkan)('never chooses a GPU that is software', async () => {
    const device = await openDevice('auto');
    expect(['cpu', 'cuda']).toContain(device.kind);
    expect(device.reason).toContain('webgpu is software');
    expect((await openDevice('webgpu')).name).toMatch(/webgpu, software driver$/);
  });
});

describe('doctor', () => {
  it('tells of every device: where it starts its name, where it cannot the reason and what to do', async () => {
    const reports = await doctor({ env: bare });
    expect(reports.map(({ kind }) => kind)).toEqual(DEVICE_KINDS);
    for (const { starts, name, reason, advice } of reports) {
      if (starts) expect(name).toBeTruthy();
      else expect(reason && advice).toBeTruthy();
      // One line each.
      expect(`${name}${reason}${advice}`).not.toContain('\n');
    }
    expect(reports[0]).toMatchObject({ kind: 'cpu', starts: true, reason: null });
    expect(reports[0]?.gigaflops).toBeGreaterThan(0.1);
  });
});

describe('the package', () => {
  it('loads neither tfjs nor ONNX Runtime before something is compiled', async () => {
    const index = fileURLToPath(new URL('../index.ts', import.meta.url));
    const require = createRequire(import.meta.url);
    const script = `
      import { createRequire } from 'node:module';
      import { openCpu } from ${JSON.stringify(index)};
      openCpu();
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(loaded.filter((path) => /tensorflow|onnxruntime-(node|common).*\\.js$/.test(path)).length);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', require.resolve('tsx'), '--input-type=module', '--eval', script],
      { cwd: fileURLToPath(new URL('.', import.meta.url)) },
    );
    expect(stdout.trim()).toBe('0');
  });

  it('opens any number of devices beside each other', async () => {
    const devices = await Promise.all([openDevice('cpu'), openDevice('cpu')]);
    const programs = await Promise.all(
      devices.map((device) =>
        device.compile({
          inputs: { x: float32(2, 2) },
          call: ({ x }) => ({ y: tf.matMul(x as tf.Tensor, x as tf.Tensor) }) as unknown as Tensors,
        }),
      ),
    );
    const x = Float32Array.of(1, 2, 3, 4);
    const results = await Promise.all(programs.map((program) => program.run({ x })));
    for (const { y } of results) expect(y).toEqual(Float32Array.of(7, 10, 15, 22));
    await Promise.all(programs.map((program) => program.dispose()));
  });
});
