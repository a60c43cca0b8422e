/** `npm run new-suite <name>`: makes a suite that runs, to be made into one that asks something. */
import { pathToFileURL } from 'node:url';
import { makeSuite } from './new-suite/make-suite.ts';

function newSuite(words: readonly string[]): number {
  const [name, ...rest] = words;
  if (name === undefined || rest.length > 0 || name.startsWith('-')) {
    console.error('usage: npm run new-suite <name>');
    return name === '--help' ? 0 : 2;
  }
  try {
    makeSuite(name, { root: process.cwd() });
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  console.log(`suites/${name} is there. Next:
  npm install                                         adds it to package-lock.json
  HYPERLAW_PROFILE=smoke npx turbo run suite:${name}
  npx vitest run suites/${name}`);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = newSuite(process.argv.slice(2));
}
