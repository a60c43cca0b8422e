import { workerData } from 'node:worker_threads';

for (const url of workerData.preload ?? []) await import(url);
// Workers do not inherit the TypeScript loader of their parent, so each registers its own.
const { register } = await import('tsx/esm/api');
register();
const { serveRunner } = await import('./worker-serve.ts');
await serveRunner();
