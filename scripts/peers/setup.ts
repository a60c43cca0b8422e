/** `npm run bench:peers`: a Python environment in `.peers` with the pinned torch and JAX. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { peersFolder, pythonIn } from '../bench/peers.ts';

const OLDEST = [3, 10] as const;
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** The first Python on the path that is new enough. Throws with what was found where there is none. */
function findPython(): string {
  const found: string[] = [];
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return command;
    found.push(stdout.trim());
  }
  throw new Error(
    `no Python for the peers: found ${found.join(', ') || 'none'} (${OLDEST.join('.')} or newer)`,
  );
}

/** Says what it does, does it, and throws `hint` where it fails. */
function run(command: string, args: readonly string[], hint: string): void {
  process.stdout.write(`> ${[command, ...args].join(' ')}\n`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`could not make the peers: ${error?.message ?? hint}`);
}

try {
  const made = pythonIn(peersFolder);
  run(
    findPython(),
    ['-m', 'venv', peersFolder],
    'python has no venv module (on Debian: the package python3-venv)',
  );
  run(
    made,
    ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', requirements],
    'pip could not install torch and jax (they need the Python registry and some gigabytes of disk)',
  );
  run(
    made,
    ['-c', 'import jax, torch; print("torch", torch.__version__, "and jax", jax.__version__)'],
    'torch or jax does not load',
  );
  process.stdout.write(`the peers are in ${peersFolder}: npm run bench uses them\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
