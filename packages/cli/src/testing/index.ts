export { cpuLaboratory } from './cpu-laboratory.ts';
export { madeUpVerdict } from './made-up-verdict.ts';
