// Workers do not inherit the TypeScript loader of their parent, so each registers its own.
import { register } from 'tsx/esm/api';

register();
const { serveRunner } = await import('./worker-serve.ts');
await serveRunner();
