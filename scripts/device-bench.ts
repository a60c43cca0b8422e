/** The benchmark of devices, which `hyperlaw bench` starts: rates over widths and lanes, floors, where time goes, peers. */
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { type Device, type DeviceKind, doctor, openDevice } from '@hyperlaw/engine';
import { loadTask, type Task } from '@hyperlaw/tasks';
import { benchModels, type Case } from './bench/models.ts';
import { deviceLines } from './device-bench/device-table.ts';
import { type Floors, measureFloors } from './device-bench/floors.ts';
import { measureCase, reasonToSkip } from './device-bench/measure-case.ts';
import { measurePeers } from './device-bench/measure-peers.ts';
import { type DeviceBenchOptions, deviceBenchOptions } from './device-bench/options.ts';
import type { PeerRow } from './device-bench/peer-table.ts';
import { readProfile, type StepProfile } from './device-bench/profile.ts';
import {
  type BenchRow,
  caseLine,
  floorsLine,
  profileLine,
  tableHead,
} from './device-bench/table.ts';
import { startTraining } from './device-bench/training.ts';

/** The world around the benchmark. */
export interface BenchWorld {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly note: (line: string) => void;
  /** Monotonic seconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Steps that a profile is taken over, after as many that are not: kernels are compiled in those. */
const PROFILED = 16;

/** Operations a second below which a device is not raced: a software driver would need minutes for one product. */
const SLOWEST = 1e10;

/** What the JSON file holds. */
interface Figures {
  readonly devices: Record<string, string>;
  readonly floors: Record<string, Floors>;
  readonly rows: BenchRow[];
  readonly peers: PeerRow[];
}

/**
 * Measures every device that is asked for, one after the other, and gives the exit code. What fails, a device or a case of
 * it, is a note, so that the figures of the others are kept, and makes the code 1. Throws where it is interrupted; what was
 * measured by then is kept too.
 */
export async function deviceBench(words: readonly string[], world: BenchWorld): Promise<number> {
  const { say, note } = world;
  const options = deviceBenchOptions(words);
  const task = await loadTask(benchModels.mlp.task, { data: '' });
  // Before minutes of measuring rather than after them.
  if (options.json !== null) accessSync(dirname(options.json), constants.W_OK);
  const figures: Figures = { devices: {}, floors: {}, rows: [], peers: [] };
  // After every device, and before its peers, which may take what time an interrupted command has left.
  const keep = () => {
    if (options.json === null) return;
    writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  };
  let failed = false;
  for (const kind of options.devices ?? (await starting(world))) {
    try {
      const whole = await addDevice(figures, kind, { options, task, world, keep });
      failed ||= !whole;
    } catch (error) {
      if (world.signal.aborted) throw error;
      note(`without ${kind}: ${(error as Error).message}`);
      failed = true;
    } finally {
      keep();
    }
  }
  for (const line of deviceLines(figures.rows, figures.peers)) say(line);
  if (options.json !== null) note(`figures: ${options.json}`);
  return figures.rows.length > 0 && !failed ? 0 : 1;
}

interface Measured {
  readonly options: DeviceBenchOptions;
  readonly task: Task;
  readonly world: BenchWorld;
}

/**
 * Opens a device and adds what is measured on it to the figures; `keep` is called before its peers are raced. Gives
 * whether every case could be measured. Throws where the device does not start, and where the world's signal is aborted.
 */
async function addDevice(
  figures: Figures,
  kind: DeviceKind,
  { options, task, world, keep }: Measured & { readonly keep: () => void },
): Promise<boolean> {
  const { env, say } = world;
  const device = await openDevice(kind, { env });
  figures.devices[kind] = device.name;
  say(`${kind}: ${device.name}`);
  const own = { ...world, now: clockOf(kind, world) };
  let floors: Floors;
  let whole: boolean;
  try {
    floors = await measureFloors(device, own.now, options);
    figures.floors[kind] = floors;
    say(floorsLine(floors));
    whole = await measureDevice(device, figures.rows, { options, task, floors, world: own });
  } finally {
    await device.close();
  }
  const measured = figures.rows.filter((row) => row.device === kind);
  const races = options.peers && floors.flopsPerSecond > SLOWEST;
  if (races) {
    keep();
    figures.peers.push(...(await measurePeers(device, measured, options, world)));
  }
  say('');
  return whole;
}

/** On the CPU the process' own seconds on its core, so that others at work on it do not count; of the wall elsewhere. */
function clockOf(kind: DeviceKind, { now }: BenchWorld): () => number {
  if (kind !== 'cpu') return now;
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
}

async function starting({ env, note }: BenchWorld): Promise<readonly DeviceKind[]> {
  const reports = await doctor({ env });
  for (const { kind, reason } of reports) if (reason) note(`without ${kind}: ${reason}`);
  return reports.filter(({ starts }) => starts).map(({ kind }) => kind);
}

/**
 * Adds all cases on one device to the rows, with the profile of each width's fastest number of lanes, and gives whether
 * none failed.
 */
async function measureDevice(
  device: Device,
  rows: BenchRow[],
  { options, task, floors, world }: Measured & { readonly floors: Floors },
): Promise<boolean> {
  const { say, note, now, signal } = world;
  let whole = true;
  say(tableHead);
  for (const optimizer of options.optimizers) {
    for (const width of options.widths) {
      const law: Case = { model: 'mlp', optimizer, width };
      let best: BenchRow | null = null;
      for (const lanes of options.lanes) {
        if (signal.aborted) throw new Error('interrupted');
        const skip = reasonToSkip(law, { lanes, task, floors, memoryBytes: totalmem() });
        if (skip !== null) {
          note(`${device.kind}, ${optimizer}, width ${width}, ${lanes} lanes: left out, ${skip}`);
          continue;
        }
        try {
          const rate = await measureCase(device, law, {
            ...{ lanes, task, floors, now },
            seconds: options.seconds,
          });
          const row: BenchRow = { device: device.kind, optimizer, width, lanes, ...rate };
          say(caseLine(row, floors));
          rows.push(row);
          if (row.modelStepsPerSecond > (best?.modelStepsPerSecond ?? 0)) best = row;
        } catch (error) {
          whole = false;
          note(
            `${device.kind}, ${optimizer}, width ${width}, ${lanes} lanes: ${(error as Error).message}`,
          );
        }
      }
      if (best === null) continue;
      const profile = await profileOf(device.kind, law, best.lanes, task);
      if (profile === null) continue;
      say(profileLine(best, profile));
      rows[rows.indexOf(best)] = { ...best, ...profile };
    }
  }
  return whole;
}

/** Where the time of a step goes; null on devices that ONNX Runtime does not run. */
async function profileOf(
  kind: DeviceKind,
  law: Case,
  lanes: number,
  task: Task,
): Promise<StepProfile | null> {
  if (kind === 'tensorflow') return null;
  const folder = mkdtempSync(join(tmpdir(), 'hyperlaw-profile-'));
  try {
    const device = await openDevice(kind, { tried: true, profile: folder });
    try {
      const training = await startTraining(device, law, { task, lanes });
      await training.advance(PROFILED);
      await training.advance(PROFILED);
      await training.dispose();
    } finally {
      // Which writes the profile.
      await device.close();
    }
    return readProfile(folder, 2 * PROFILED);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
