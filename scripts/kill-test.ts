/**
 * `npx tsx scripts/kill-test.ts [--suite wider] [--kills 20] [--seed 1]`: kills a smoke run of a suite at random
 * instants, four in five of them while it trains and the rest while it draws, resuming after each, and compares
 * journal and verdict with a run left in peace. Exit code 1 where anything was lost, was measured twice, or came out
 * different, 2 for bad usage.
 */
import { isDeepStrictEqual } from 'node:util';
import { randomStream } from '@hyperlaw/tasks';
import { readArguments } from '../packages/cli/src/arguments.ts';
import { journalOf, verdictOf } from '../packages/cli/src/testing/compare-runs.ts';
import { runCommand } from '../packages/cli/src/testing/run-command.ts';
import { linkSuite, temporaryHouse } from '../packages/cli/src/testing/temporary-house.ts';
import { integer } from '../packages/cli/src/usage-error.ts';

const { suite, kills, seed } = given(process.argv.slice(2));
const { HYPERLAW_DATA = '' } = process.env;
const env = { HYPERLAW_DATA, HYPERLAW_PROFILE: 'smoke', HYPERLAW_DEVICE: 'cpu' };

const left = temporaryHouse();
const killed = temporaryHouse();
try {
  linkSuite(left, suite);
  linkSuite(killed, suite);
  await compare();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  left.remove();
  killed.remove();
}

/** What is asked for; bad usage ends the program before anything runs. */
function given(words: readonly string[]) {
  try {
    const { options } = readArguments(words, { options: ['suite', 'kills', 'seed'] });
    return {
      suite: options.suite ?? 'wider',
      kills: integer('number of kills', options.kills ?? '20', 1),
      seed: integer('seed', options.seed ?? '1', 0),
    };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

async function compare(): Promise<void> {
  await finish(left.folder);
  const all = keysOf(left.folder);
  const whileTraining = Math.ceil(0.8 * kills);
  const targets = uniform('trials', whileTraining, all.length).sort((a, b) => a - b);
  const delays = uniform('delays', whileTraining, 0.2);
  let done = 0;
  for (const [index, target] of targets.entries()) {
    const reached = () => journalOf(killed.folder, suite).keys.length >= target;
    const drawn = (stdout: string) => stdout.includes('verdict: ');
    if (await kill(done + 1, (stdout) => reached() || drawn(stdout), delays[index])) done++;
  }
  await finish(killed.folder);
  // While it draws: again and again until enough of them struck before the end.
  for (const delay of uniform('drawing', 5 * kills, 2)) {
    if (done === kills) break;
    if (await kill(done + 1, (stdout) => stdout.includes(' measured before'), delay)) done++;
  }
  if (done < kills) throw new Error(`only ${done} of ${kills} runs were killed before their end`);
  await finish(killed.folder);
  if (!isDeepStrictEqual(keysOf(killed.folder), all)) {
    throw new Error('the trials of the killed runs are not those of the run left in peace');
  }
  if (!isDeepStrictEqual(verdictOf(killed.folder, suite), verdictOf(left.folder, suite))) {
    throw new Error('the verdict of the killed runs is not that of the run left in peace');
  }
  console.log(`${done} kills: ${all.length} trials, none lost, none twice; the same verdict`);
}

/** Kills a run some seconds after its time has come; whether that was before its end. */
async function kill(
  number: number,
  when: (stdout: string) => boolean,
  after = 0,
): Promise<boolean> {
  const before = keysOf(killed.folder);
  const { code } = await runCommand(['run', suite], { cwd: killed.folder, env, when, after });
  const keys = keysOf(killed.folder);
  const lost = before.filter((key) => !keys.includes(key));
  if (lost.length > 0) throw new Error(`kill ${number} lost ${lost.length} trials`);
  if (code !== null) return false;
  console.log(`kill ${number}: ${keys.length} trials in the journal, ${before.length} before`);
  return true;
}

function uniform(what: string, count: number, end: number): number[] {
  const numbers = new Float32Array(count);
  const stream = randomStream({ seed, role: 'kill', path: [what] });
  stream.fillUniform(0, numbers);
  return [...numbers].map((one) => one * end);
}

/** Runs to the end. */
async function finish(cwd: string): Promise<void> {
  const { code, stderr } = await runCommand(['run', suite], { cwd, env });
  if (code !== 0) throw new Error(`a run ended with ${code}: ${stderr}`);
}

/** Keys in the journal; throws where one is there twice. */
function keysOf(folder: string): readonly string[] {
  const { keys } = journalOf(folder, suite);
  const twice = keys.find((key, index) => key === keys[index + 1]);
  if (twice !== undefined) throw new Error(`trial twice in the journal: ${twice}`);
  return keys;
}
