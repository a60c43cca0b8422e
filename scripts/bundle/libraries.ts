import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Libraries that a machine may lack, by the folder of the bundle that the launcher adds where it does. */
const FALLBACKS: Readonly<Record<string, readonly string[]>> = {
  'lib/vulkan': ['libvulkan.so.1'],
  'lib/c++': ['libstdc++.so.6', 'libgcc_s.so.1'],
};

/** Finds NVIDIA's driver for the Vulkan loader by the name alone, wherever the dynamic linker knows it. */
const NVIDIA_MANIFEST = {
  file_format_version: '1.0.0',
  ICD: { library_path: 'libGLX_nvidia.so.0', api_version: '1.3.0' },
};

/** Copies the running Node, without symbols where there is a `strip`, as `bin/node`. */
export function addNode(folder: string): void {
  const own = join(folder, 'bin', 'node');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  cpSync(process.execPath, own, { dereference: true });
  chmodSync(own, 0o755);
  try {
    execFileSync('strip', ['--strip-all', own], { stdio: 'ignore' });
  } catch {
    // Some megabytes more.
  }
}

/** Copies ONNX Runtime's package, CPU and WebGPU providers of Linux x64 included, under `node_modules`. */
export function addRuntime(folder: string, { root }: { readonly root: string }): void {
  const parts = {
    'onnxruntime-node': ['package.json', 'dist', 'bin/napi-v6/linux/x64'],
    'onnxruntime-common': ['package.json', 'dist/cjs'],
  };
  for (const [name, paths] of Object.entries(parts)) {
    for (const path of paths) {
      const place = join('node_modules', name, path);
      cpSync(join(root, place), join(folder, place), { recursive: true, filter: isNeeded });
    }
  }
}

const isNeeded = (path: string) => !/\.(map|d\.ts)$|libonnxruntime_providers_/.test(path);

/** Copies libraries that a machine may lack, as far as this one has them; gives the names of those it has not. */
export function addFallbacks(folder: string): readonly string[] {
  const known = knownLibraries();
  const missing: string[] = [];
  for (const [place, names] of Object.entries(FALLBACKS)) {
    mkdirSync(join(folder, place), { recursive: true });
    for (const name of names) {
      const path = known.get(name);
      if (path && existsSync(path)) cpSync(path, join(folder, place, name), { dereference: true });
      else missing.push(name);
    }
  }
  const manifest = `${JSON.stringify(NVIDIA_MANIFEST, null, 2)}\n`;
  writeFileSync(join(folder, 'lib/vulkan/nvidia_icd.json'), manifest);
  return missing;
}

/** Paths of the x64 libraries that the dynamic linker knows, by name. */
function knownLibraries(): ReadonlyMap<string, string> {
  const ldconfig = existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig';
  const lines = execFileSync(ldconfig, ['-p'], { encoding: 'utf8' }).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, path] = /^\s*(\S+) \(.*x86-64.*\) => (\S+)$/.exec(line) ?? [];
      return name && path ? [[name, path] as const] : [];
    }),
  );
}
