#!/usr/bin/env node
// Help is answered here, before the TypeScript loader is started: that alone takes longer.
import { readFileSync } from 'node:fs';

const words = process.argv.slice(2);
if (words.length === 0 || words.some((word) => word === '--help' || word === '-h')) {
  process.stdout.write(readFileSync(new URL('../src/help.txt', import.meta.url), 'utf8'));
} else {
  const { register } = await import('tsx/esm/api');
  register();
  const { start } = await import('../src/start.ts');
  await start(words);
}
