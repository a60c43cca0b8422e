import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDriver, findLibrary } from './find.ts';
import { cudaNeeds, tensorflowNeeds } from './needs.ts';
import { nvidiaReport, nvidiaReports } from './report.ts';

const require = createRequire(import.meta.url);
const needs = cudaNeeds('1.30.0');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hyperlaw-root-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Libraries as they are installed: a file with the whole version, and a link by the name that programs ask for. */
function install(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, file] of Object.entries(files)) {
    write(join(folder, file));
    if (name !== file) symlinkSync(file, join(root, folder, name));
  }
}

const cuda12 = {
  'libcudart.so.12': 'libcudart.so.12.4.127',
  'libcublas.so.12': 'libcublas.so.12.4.5.8',
  'libcublasLt.so.12': 'libcublasLt.so.12.4.5.8',
  'libcufft.so.11': 'libcufft.so.11.2.1.3',
  'libcurand.so.10': 'libcurand.so.10.3.5.147',
};
const cudnn9 = { 'libcudnn.so.9': 'libcudnn.so.9.1.0' };
const driver = (version: string) =>
  write(
    'proc/driver/nvidia/version',
    `NVRM version: NVIDIA UNIX x86_64 Kernel Module  ${version}  Thu Feb 22 01:44:30 UTC 2024\nGCC version: gcc 12.3.0\n`,
  );
const report = (env = {}) => nvidiaReport(needs, { root, env });

describe('a report on NVIDIA', () => {
  it('says of a machine with nothing what is wanted, and asks for nothing', () => {
    expect(report()).toEqual({
      device: 'cuda',
      wants: 'ONNX Runtime 1.30.0 wants driver 525 or newer, CUDA 12, cuDNN 9',
      found: 'no driver, no CUDA 12, no cuDNN 9',
      advice: null,
    });
  });

  it('has nothing to ask for where all is there', () => {
    driver('550.54.15');
    install('usr/lib/x86_64-linux-gnu', { ...cuda12, ...cudnn9 });
    expect(report()).toMatchObject({
      found: 'driver 550.54.15, CUDA 12.4.127, cuDNN 9.1.0',
      advice: null,
    });
  });

  it('tells each device what it lacks: the one finds the software of the other useless', () => {
    driver('550.54.15');
    install('usr/lib/x86_64-linux-gnu', { ...cuda12, ...cudnn9 });
    // cuRAND alone has one name in both.
    expect(nvidiaReport(tensorflowNeeds, { root, env: {} })).toMatchObject({
      found: expect.stringMatching(/some of CUDA 11 without libcudart\.so\.11\.0.*, no cuDNN 8$/),
      advice: 'install all of CUDA 11; install cuDNN 8',
    });
  });

  it('wants a newer driver, and what is missing of a toolkit, by name', () => {
    driver('470.82.01');
    const { 'libcufft.so.11': _, ...rest } = cuda12;
    install('usr/lib64', rest);
    expect(report()).toMatchObject({
      found: 'driver 470.82.01, CUDA 12.4.127 without libcufft.so.11, no cuDNN 9',
      advice: 'install driver 525 or newer; install all of CUDA 12; install cuDNN 9',
    });
  });

  it('says where the loader does not look, and how it would', () => {
    driver('550.54.15');
    install('usr/local/cuda-12.4/lib64', cuda12);
    install('opt/cudnn/lib', cudnn9);
    const lib = join(root, 'usr/local/cuda-12.4/lib64');
    const env = { CUDNN_HOME: join(root, 'opt/cudnn') };
    expect(report(env).advice).toBe(`export LD_LIBRARY_PATH=${lib}:${join(root, 'opt/cudnn/lib')}`);
    expect(report({ LD_LIBRARY_PATH: `${lib}:${join(root, 'opt/cudnn/lib')}` }).advice).toBeNull();
    write('etc/ld.so.conf', 'include /etc/ld.so.conf.d/*.conf\n');
    write('etc/ld.so.conf.d/cuda.conf', '# CUDA\n/usr/local/cuda-12.4/lib64\n/opt/cudnn/lib\n');
    expect(report().advice).toBeNull();
  });
});

describe('the configuration of the loader', () => {
  const library = { 'libcudart.so.12': 'libcudart.so.12.4.127' };
  const loadable = () => findLibrary('libcudart.so.12', { root, env: {} })?.loadable ?? false;

  it('includes by a pattern that is relative to its own folder, as on Red Hat', () => {
    install('opt/cuda/lib64', library);
    write('etc/ld.so.conf', 'include ld.so.conf.d/*.conf\n');
    write('etc/nothing.conf', '/opt/cuda/lib64\n');
    expect(loadable()).toBe(false);
    write('etc/ld.so.conf.d/cuda.conf', '/opt/cuda/lib64\n');
    expect(loadable()).toBe(true);
  });

  it('includes the files that a pattern matches, and each of them once', () => {
    install('opt/cuda/lib64', library);
    write('etc/ld.so.conf', 'include /etc/a/cuda-1?.conf *.conf\n');
    write('etc/a/cuda-8.conf', '/opt/cuda/lib64\n');
    expect(loadable()).toBe(false);
    write('etc/a/cuda-12.conf', 'include ../ld.so.conf\n/opt/cuda/lib64\n');
    expect(loadable()).toBe(true);
  });
});

describe('findDriver', () => {
  it('takes no version from a name that has only that of the interface, as in WSL', () => {
    install('usr/lib/wsl/lib', { 'libcuda.so.1': 'libcuda.so.1.1' });
    install('usr/lib/x86_64-linux-gnu', { ...cuda12, ...cudnn9 });
    expect(report()).toMatchObject({
      found: 'a driver of unknown version, CUDA 12.4.127, cuDNN 9.1.0',
      advice: null,
    });
  });

  it('reads the kernel module, open or not, or else the name of its library', () => {
    expect(findDriver({ root, env: {} })).toBeNull();
    install('usr/lib/x86_64-linux-gnu', { 'libcuda.so.1': 'libcuda.so.535.104.05' });
    expect(findDriver({ root, env: {} })).toBe('535.104.05');
    write(
      'proc/driver/nvidia/version',
      'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build\n',
    );
    expect(findDriver({ root, env: {} })).toBe('580.65.06');
  });
});

describe('needs', () => {
  it('are those of the versions that are installed', () => {
    const { requirements } = require('onnxruntime-node/script/install-metadata.js') as {
      readonly requirements: Readonly<Record<string, readonly string[]>>;
    };
    expect(requirements['linux/x64']).toEqual([`cuda${needs.cuda}`]);
    // The package exports nothing but its code; the file is read where it lies.
    const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    const { LIBTENSORFLOW_VERSION } = require(join(folder, 'scripts/deps-constants.js')) as {
      readonly LIBTENSORFLOW_VERSION: string;
    };
    expect(tensorflowNeeds.library).toBe(`libtensorflow ${LIBTENSORFLOW_VERSION}`);
  });
});

it('is of this machine where nothing else is said', () => {
  const linux = process.platform === 'linux' && process.arch === 'x64';
  expect(nvidiaReports({}).map(({ device }) => device)).toEqual(
    linux ? ['cuda', 'tensorflow'] : [],
  );
  expect(findLibrary('libnothing.so.1', { root: '/', env: {} })).toBeNull();
});
