#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=999999 MALLOC_TRIM_THRESHOLD_=999999 node --max-semi-space-size=4
// glibc's allocator: left to itself it gives every thread an arena of its own and, once a large block was freed, keeps all that
// is below its size: freed blocks then hold a third of a run's memory. It is 999999 because a #! line may have 127 characters.
// Help is answered here, before the TypeScript loader is started: that alone takes longer.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const words = process.argv.slice(2);
if (
  words.length === 0 ||
  words[0] === 'help' ||
  words.some((word) => word === '--help' || word === '-h')
) {
  process.stdout.on('error', () => process.exit(1));
  process.stdout.write(readFileSync(new URL('../src/help.txt', import.meta.url), 'utf8'));
} else if (!process.features.require_module) {
  // Came with Node 20.19, the oldest that this is made for, and with 22.12.
  process.stderr.write(`unknown Node: ${process.versions.node} (20.19, 22.12 or later)\n`);
  process.exitCode = 2;
} else {
  // Left to itself V8 lets garbage grow to several times what lives: memory that lanes could use. The second flag counts for
  // workers alone, since this heap is there already.
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--max-semi-space-size=4');
  // Before the TypeScript loader is there, which would take another 40 MB over it.
  await import('@tensorflow/tfjs');
  const { register } = await import('tsx/esm/api');
  register();
  const { start } = await import('../src/start.ts');
  await start(words);
}
