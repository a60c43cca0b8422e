import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** URLs of the large modules that whoever compiles programs will load: tfjs and ONNX Runtime, in plain JavaScript. */
export function runtimeModules(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['@tensorflow/tfjs', 'onnxruntime-node'].map((name) => pathToFileURL(resolve(name)).href);
}
