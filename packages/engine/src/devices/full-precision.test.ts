import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const require = createRequire(import.meta.url);

/** What a program prints that has `openOnnx`, which loads no library before something is compiled. */
async function printed(program: string): Promise<unknown> {
  const script = `
    import { Worker } from 'node:worker_threads';
    import { openOnnx } from ${JSON.stringify(new URL('./onnx-kinds.ts', import.meta.url).href)};
    ${program}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', require.resolve('tsx'), '--input-type=module', '--eval', script],
    { env: { PATH: process.env.PATH, NVIDIA_TF32_OVERRIDE: '1' } },
  );
  return JSON.parse(stdout);
}

// What a process' libraries read with getenv, which need not be what a thread's `process.env` holds.
const told = `JSON.stringify(process.report.getReport().environmentVariables.NVIDIA_TF32_OVERRIDE)`;

it('is what libraries of the process are told once the CUDA provider is opened, in workers too', async () => {
  expect(await printed(`openOnnx('cpu'); console.log(${told});`)).toBe('1');
  expect(await printed(`openOnnx('cuda'); console.log(${told});`)).toBe('0');
  const worker = `openOnnx('cuda');
    new Worker(${JSON.stringify(`console.log(${told})`)}, { eval: true });`;
  expect(await printed(worker)).toBe('0');
});

it('cannot be had in a worker alone, which says so', async () => {
  const worker = `
    require(${JSON.stringify(require.resolve('tsx/cjs/api'))}).register();
    const path = ${JSON.stringify(fileURLToPath(new URL('./full-precision.ts', import.meta.url)))};
    try { require(path).demandFullPrecision(); }
    catch ({ message }) { console.log(JSON.stringify(message)); }`;
  expect(
    await printed(`new Worker(${JSON.stringify(worker)}, { eval: true, execArgv: [] });`),
  ).toMatch(/^a GPU in a worker whose process rounds to TF32/);
});
