import { existsSync, statSync } from 'node:fs';
import {
  type DeviceReport,
  type NvidiaReport,
  nvidiaReports,
  doctor as tryDevices,
} from '@hyperlaw/engine';
import { available, loadTask, type RealLaw } from '@hyperlaw/tasks';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround } from '../house.ts';
import { refuseInterrupted } from '../refuse-interrupted.ts';
import { memoryBytes } from '../run/cost-over.ts';
import { count } from '../run/count.ts';
import { processorName } from '../run/provenance.ts';
import { settingsOf, workersFor } from '../settings.ts';

/** `hyperlaw doctor`: what is there to train with and on, and what to do about the rest. */
export async function doctor(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, { options: ['data'] });
  const { data, offline } = settingsOf(options, context);
  const say = (line: string) => context.write(`${line}\n`);
  const gib = (memoryBytes() / 2 ** 30).toFixed(1);
  say(`node ${process.versions.node} on ${process.platform} ${process.arch}`);
  say(
    `${processorName()}, ${gib} GiB of memory, ${count(workersFor('cpu', null), 'worker')} by default`,
  );
  say('devices');
  const { bundle } = houseAround(context.cwd);
  const reports = await tryDevices({ env: context.env });
  await refuseInterrupted(context.signal);
  for (const report of reports) {
    say(`  ${deviceLine(bundle ? bundled(report) : report)}`);
  }
  const nvidia = nvidiaReports(context.env);
  if (nvidia.length > 0) say('NVIDIA software');
  for (const report of nvidia) say(`  ${nvidiaLine(report)}`);
  const file = existsSync(data) && !statSync(data).isDirectory();
  say(`data in ${data}${file ? ', which is no folder' : ''}`);
  const missing = offline
    ? 'no; HYPERLAW_OFFLINE=1 forbids to download it'
    : 'not yet; downloaded when a suite asks for it';
  for (const law of smallLaws) {
    say(`  ${law.kind.padEnd(16)}  ${(await faultOf(law, data, missing)) ?? 'yes'}`);
  }
  return 0;
}

const text = { context: 1, codeDim: 1, vocabulary: 'all', instance: 0 } as const;

/** A law of each dataset, which reads all of its data and makes little of it. */
const smallLaws: readonly RealLaw[] = [
  { kind: 'typescript-bytes', ...text },
  { kind: 'mnist', side: 1 },
  { kind: 'fashion-mnist', side: 1 },
  { kind: 'cifar-10', side: 1 },
  { kind: 'tiny-shakespeare', ...text },
];

/** Why a law's data cannot be used: `missing`, or what is wrong with it; null where nothing is. */
async function faultOf(law: RealLaw, data: string, missing: string): Promise<string | null> {
  if (!available(law, { data }).available) return missing;
  try {
    await loadTask(law, { data });
    return null;
  } catch (error) {
    return `no; ${(error as Error).message}`;
  }
}

/** What a bundle was made without can be had in a clone alone. */
function bundled(report: DeviceReport): DeviceReport {
  const { advice } = report;
  const clone = advice?.includes('npm run') && `a bundle goes without it; in a clone, ${advice}`;
  return clone ? { ...report, advice: clone } : report;
}

function nvidiaLine({ device, wants, found, advice }: NvidiaReport): string {
  const what = [`${wants}; found ${found}`, ...(advice === null ? [] : [advice])];
  return `${device.padEnd(16)}  ${what.join('; ')}`;
}

function deviceLine({ kind, starts, name, gigaflops, reason, advice }: DeviceReport): string {
  const speed = gigaflops === null ? [] : [`${gigaflops.toFixed(0)} GFLOP/s`];
  const what = starts ? ['yes', name, ...speed] : ['no', reason];
  return `${kind.padEnd(16)}  ${[...what, advice].filter((part) => part !== null).join('; ')}`;
}
