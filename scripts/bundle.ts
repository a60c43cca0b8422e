/** `npm run bundle`: one archive that runs on a Linux x64 machine with nothing installed and no network. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defaultDataFolder } from '@hyperlaw/tasks';
import { readArguments } from '../packages/cli/src/arguments.ts';
import { UsageError } from '../packages/cli/src/usage-error.ts';
import { DATASETS, makeBundle } from './bundle/make-bundle.ts';
import { megabytes } from './bundle/pack.ts';

const usage = `npm run bundle -- [--out dist] [--data <folder>]

Makes hyperlaw-<commit>-linux-x64.tar.gz: Node, ONNX Runtime, every suite, and ${DATASETS.join(' and ')} where the data
folder (HYPERLAW_DATA) has them. Unpack it anywhere (glibc 2.28 or later) and run ./hyperlaw.`;

async function bundle(words: readonly string[]): Promise<number> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  try {
    if (words.some((word) => word === '--help' || word === '-h')) {
      console.log(usage);
      return 0;
    }
    const { options } = readArguments(words, { options: ['out', 'data'] });
    const { out = join(root, 'dist'), data = defaultDataFolder(process.env, homedir()) } = options;
    mkdirSync(out, { recursive: true });
    const made = await makeBundle({ root, out, data, date: new Date() });
    for (const name of DATASETS.filter((one) => !made.data.includes(one))) {
      console.log(`without ${name}: not in ${data}`);
    }
    for (const name of made.missing) console.log(`without ${name}: the machine must have it`);
    console.log(`${relative(process.cwd(), made.path)}: ${megabytes(made.bytes)}`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof UsageError ? 2 : 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await bundle(process.argv.slice(2));
}
