// A thread that puts blocks into a shared pool and takes out what others put, until it has done so `turns` times.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { blockPool } = await import('../block-pool.ts');

const { memory, turns, seed } = workerData;
const pool = blockPool(memory);
const LENGTH = 4000;
let [state, hits, wrong] = [seed, 0, 0];
for (let turn = 0; turn < turns; turn++) {
  // Numbers of Numerical Recipes' generator: nothing here depends on how random they are.
  state = (1664525 * state + 1013904223) >>> 0;
  const own = state % 100;
  const into = { x: new Float32Array(LENGTH), y: new Int32Array(4) };
  if (pool.copy(`${own}`, { first: 0, steps: 4 }, into)) {
    hits++;
    if (!into.x.every((value) => value === own) || !into.y.every((value) => value === own)) wrong++;
  } else {
    pool.put(`${own}`, { x: into.x.fill(own), y: into.y.fill(own) });
  }
}
parentPort?.postMessage({ hits, wrong });
