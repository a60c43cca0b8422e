import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Value } from '../graph.ts';
import { GraphBuilder } from '../graph.ts';
import type { Target } from '../onnx/legalize.ts';
import { functionModel } from '../onnx/models.ts';
import { FULL_PRECISION } from './full-precision.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProbeOptions {
  readonly env: Environment;
  /** Whether to measure speed as well, which takes a software driver a few seconds. */
  readonly timed: boolean;
}

/** What became of starting a provider. */
export type Probe =
  | {
      readonly starts: true;
      /** Speed of 256×256 matrix products; null where not measured. */
      readonly gigaflops: number | null;
    }
  | { readonly starts: false; readonly reason: string };

const TIMED_SIZE = 256;
const PRODUCTS = 8;
const PATIENCE_SECONDS = 60;

/** Starts a provider in a process of its own and multiplies a few matrices there. */
export async function probe(target: Target, { env, timed }: ProbeOptions): Promise<Probe> {
  const size = timed ? TIMED_SIZE : 4;
  const script = fileURLToPath(new URL('./probe.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, target, String(size)], {
    env: { ...env, ...FULL_PRECISION } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: PATIENCE_SECONDS * 1000,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  // A child that ends early closes its input.
  child.stdin.on('error', () => {});
  child.stdin.end(productsModel(target, size));
  const ending = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const result = read(output);
  if (result?.milliseconds !== undefined) {
    const operations = 2 * size ** 3 * PRODUCTS;
    return { starts: true, gigaflops: timed ? operations / result.milliseconds / 1e6 : null };
  }
  const reason = result
    ? brief(result.error ?? 'no reason given')
    : `the driver ended the process (${ending})`;
  return { starts: false, reason };
}

interface Answer {
  readonly milliseconds?: number;
  readonly error?: string;
}

/** The answer is the last line; drivers may print before it. */
function read(output: string): Answer | undefined {
  const line = output.trim().split('\n').at(-1);
  return line?.startsWith('{') ? JSON.parse(line) : undefined;
}

/** The end of ONNX Runtime's message, after the place in its source and the condition that failed. */
function brief(message: string): string {
  const [line = ''] = message.split('\n');
  return line.replace(/^.*was false\. /, '').slice(0, 200);
}

function productsModel(target: Target, size: number): Uint8Array {
  const spec = { shape: [size, size], dtype: 'float32' } as const;
  const graph = new GraphBuilder();
  const a = graph.input('a', spec.shape, spec.dtype);
  let product: Value = a;
  for (let i = 0; i < PRODUCTS; i++) product = graph.node('MatMul', [product, a], spec);
  return functionModel({ a: spec }, { product }, target);
}
