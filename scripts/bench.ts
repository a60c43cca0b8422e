/** `npm run bench`: what the engine's parts cost, and the same training side by side with torch and JAX. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DeviceKind, type Hardware, openDevice } from '@hyperlaw/engine';
import type { Task } from '@hyperlaw/tasks';
import { UsageError } from '../packages/cli/src/usage-error.ts';
import { chosenLanes } from './bench/contestants.ts';
import { compileMilliseconds, engineParts } from './bench/engine-parts.ts';
import type { BenchTasks, Case } from './bench/models.ts';
import { type BenchOptions, benchOptions, usage } from './bench/options.ts';
import { loadBenchTasks, writeProblem } from './bench/problem.ts';
import type { RaceResult } from './bench/race.ts';
import { sideBySide } from './bench/side-by-side.ts';
import { helpCommands, startTime } from './bench/start-time.ts';
import { rowOf, tableHead, tableLine } from './bench/table.ts';
import { twoWorkers } from './bench/two-workers.ts';

/** Below this share of the core, the machine was too busy for figures to be quoted. */
const QUIET = 0.9;

/**
 * Float32 losses of 20 steps may drift this far apart; other trainings do not come near. Two experts whose logits differ
 * by round-off may be chosen the other way round, which is a jump.
 */
const SAME_TRAINING = { mlp: 1e-3, transformer: 1e-3, moe: 1e-2 } as const;

const print = (line = '') => void process.stdout.write(`${line}\n`);
const note = (line: string) => void process.stderr.write(`${line}\n`);

async function printParts({ seconds, device: kind }: BenchOptions, task: Task): Promise<void> {
  const device = await openDevice(kind);
  const folder = await mkdtemp(join(tmpdir(), 'hyperlaw-bench-'));
  const problemOf = (law: Case) => writeProblem(law, { folder, steps: 1, task });
  try {
    const problem = await problemOf({ model: 'mlp', optimizer: 'adam', width: 64 });
    const small = await problemOf({ model: 'mlp', optimizer: 'adam', width: 8 });
    const first = await compileMilliseconds(device, problem, task);
    print('Parts (medians, microseconds)\n');
    const parts = await engineParts({ device, task, problem, small, time: 1000 * seconds });
    for (const { part, microseconds } of parts) {
      print(`${microseconds.toFixed(1).padStart(10)}  ${part}`);
    }
    print(`\nThe first program of a process is traced and compiled in ${first.toFixed(0)} ms.`);
  } finally {
    await device.close();
    await rm(folder, { recursive: true });
  }
}

function printStartTimes(): void {
  const commands = helpCommands();
  if (commands.length === 0)
    print('`hyperlaw --help`: not measured, the command is not installed.');
  for (const command of commands) {
    const seconds = startTime(command);
    const told = seconds === null ? 'failed' : `${(1000 * seconds).toFixed(0)} ms`;
    print(`\`${command.join(' ')}\`: ${told}.`);
  }
}

async function printWorkers({ rounds, seconds }: BenchOptions, task: Task): Promise<void> {
  if (availableParallelism() < 2) {
    print('Two workers against one: not measured, there is one core.');
    return;
  }
  const law: Case = { model: 'mlp', optimizer: 'sgd', width: 64 };
  const lanes = chosenLanes(law, task, totalmem() / 2);
  const steps = Math.round(15_000 * seconds);
  const { one, two, speedup } = await twoWorkers({
    law,
    lanes,
    steps,
    rounds: Math.min(rounds, 7),
  });
  print(
    `Two workers against one (width 64, whole trials): ${speedup.toFixed(2)} times as fast (${one.toFixed(0)} and ${two.toFixed(0)} model-steps per second).`,
  );
}

/** What a device computes on, which one of TensorFlow knows only once it is open. */
async function hardwareOf(kind: DeviceKind): Promise<Hardware> {
  const device = await openDevice(kind);
  await device.close();
  return device.hardware;
}

async function printSideBySide(options: BenchOptions, tasks: BenchTasks): Promise<void> {
  const { json, device } = options;
  const results: [Case, RaceResult][] = [];
  await sideBySide({
    ...options,
    ...{ field: 'usual', hardware: await hardwareOf(device) },
    tasks,
    memoryBytes: totalmem() / availableParallelism(),
    environment: process.env,
    onNote: note,
    onResult(law, result) {
      results.push([law, result]);
      if (json) note(`${law.model}, ${law.optimizer}, width ${law.width}: done`);
      else print([...(results.length === 1 ? [tableHead] : []), tableLine(law, result)].join('\n'));
    },
  });
  if (json) {
    const rows = results.map(([law, result]) => JSON.stringify(rowOf(law, device, result)));
    print(`[\n  ${rows.join(',\n  ')}\n]`);
  } else {
    const ceiling = Math.max(...results.map(([, { sgemm }]) => sgemm));
    print(`\nPlain sgemm reached ${(ceiling / 1e9).toFixed(0)} GFLOP/s.`);
  }
  const share = Math.min(...results.map(([, result]) => result.share));
  if (share < QUIET) {
    note(`the machine was busy: a case had ${(100 * share).toFixed(0)} % of its core`);
  }
  checkSameTraining(results);
}

function checkSameTraining(results: readonly (readonly [Case, RaceResult])[]): void {
  let largest = 0;
  for (const [{ model, optimizer, width }, { standings }] of results) {
    for (const [name, { difference }] of Object.entries(standings)) {
      largest = Math.max(largest, difference);
      // Written so that NaN fails too.
      if (!(difference < SAME_TRAINING[model])) {
        throw new Error(
          `not the same training: ${name}'s losses differ by ${difference.toExponential(1)} (${model}, ${optimizer}, width ${width})`,
        );
      }
    }
  }
  if (results.some(([, { standings }]) => Object.keys(standings).length > 1)) {
    note(`the first losses of all agree to ${largest.toExponential(1)}, relatively`);
  }
}

try {
  const options = benchOptions(process.argv.slice(2));
  if (options === 'help') print(usage);
  else {
    const tasks = await loadBenchTasks();
    if (!options.json) {
      await printParts(options, tasks.mlp);
      printStartTimes();
      await printWorkers(options, tasks.mlp);
      print();
    }
    await printSideBySide(options, tasks);
  }
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
