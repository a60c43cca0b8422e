#!/usr/bin/env node
// Help is answered here, before the TypeScript loader is started: that alone takes longer.
import { readFileSync } from 'node:fs';

const words = process.argv.slice(2);
if (words.length === 0 || words.some((word) => word === '--help' || word === '-h')) {
  process.stdout.write(readFileSync(new URL('../src/help.txt', import.meta.url), 'utf8'));
} else if (!process.features.require_module) {
  // Came with Node 20.19, the oldest that this is made for.
  process.stderr.write(`unknown Node: ${process.versions.node} (20.19 or later)\n`);
  process.exitCode = 2;
} else {
  const { register } = await import('tsx/esm/api');
  register();
  const { start } = await import('../src/start.ts');
  await start(words);
}
