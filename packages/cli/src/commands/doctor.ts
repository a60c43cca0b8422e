import { existsSync, statSync } from 'node:fs';
import {
  type DeviceReport,
  type NvidiaReport,
  nvidiaReports,
  doctor as tryDevices,
} from '@hyperlaw/engine';
import { available, datasets, type TaskLaw } from '@hyperlaw/tasks';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
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
  for (const report of await tryDevices({ env: context.env })) say(`  ${deviceLine(report)}`);
  const nvidia = nvidiaReports(context.env);
  if (nvidia.length > 0) say('NVIDIA software');
  for (const report of nvidia) say(`  ${nvidiaLine(report)}`);
  const file = existsSync(data) && !statSync(data).isDirectory();
  say(`data in ${data}${file ? ', which is no folder' : ''}`);
  const missing = offline
    ? 'no; HYPERLAW_OFFLINE=1 forbids to download it'
    : 'not yet; downloaded when a suite asks for it';
  for (const name of ['typescript-bytes', ...Object.keys(datasets)]) {
    // Where a task's data lies depends on its kind alone.
    const there = available({ kind: name } as TaskLaw, { data });
    say(`  ${name.padEnd(16)}  ${there.available ? 'yes' : missing}`);
  }
  return 0;
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
