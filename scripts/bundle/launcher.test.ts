import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../../packages/cli/src/testing/temporary-house.ts';

const text = (path: string) => readFileSync(join(repository, path), 'utf8');
const memory = (script: string) =>
  script.match(/\bMALLOC_\w+=\d+|--max-semi-space-size=\d+/g)?.sort();

it("gives the command the allocator and the heap of its own first line, which is not longer than Linux's limit", () => {
  const [first = ''] = text('packages/cli/bin/hyperlaw.mjs').split('\n');
  expect(memory(first)).toHaveLength(4);
  expect(memory(text('scripts/bundle/launcher.sh'))).toEqual(memory(first));
  // Older kernels cut it off there.
  expect(Buffer.byteLength(first)).toBeLessThanOrEqual(127);
});
