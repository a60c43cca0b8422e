// Threads do not inherit the TypeScript loader of their parent, so each registers its own.
const { register } = await import('tsx/esm/api');
register();
const { serveBatches } = await import('./batch-serve.ts');
serveBatches();
