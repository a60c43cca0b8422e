/**
 * `npm run gpu:enable`: fetches the native parts that `ignore-scripts` in `.npmrc` held back, by running the install
 * scripts of the packages that have them. One line each; exit code 1 where one could not be fetched.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { firstError } from './gpu-enable/first-error.ts';

const parts = [
  { name: 'onnxruntime-node', what: "ONNX Runtime's CUDA provider (device cuda)" },
  { name: '@tensorflow/tfjs-node-gpu', what: "TensorFlow's library (device tensorflow)" },
];

function gpuEnable(): number {
  let code = 0;
  for (const { name, what } of parts) {
    if (!existsSync(`node_modules/${name}`)) {
      console.error(`cannot fetch ${what}: ${name} is not installed (npm ci installs it)`);
      code = 1;
      continue;
    }
    console.log(`fetching ${what}, some hundred MB …`);
    const words = ['rebuild', name, '--ignore-scripts=false', '--foreground-scripts'];
    const { status, stdout, stderr, error } = spawnSync('npm', words, {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status === 0) {
      console.log(`${name}: done`);
    } else {
      console.error(`cannot fetch ${what}: ${error?.message ?? firstError(stdout + stderr)}`);
      code = 1;
    }
  }
  console.log('npx hyperlaw doctor says which devices can start now');
  return code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = gpuEnable();
