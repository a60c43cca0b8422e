import { DEVICE_KINDS, doctor, openDevice, runSelftest } from '@hyperlaw/engine';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { refuseInterrupted } from '../refuse-interrupted.ts';
import { count } from '../run/count.ts';
import { oneOf } from '../usage-error.ts';

/** Differences that are told of one part; more say little. */
const TOLD = 5;

/** `hyperlaw selftest`: holds devices to the reference, part by part; exit code 1 where one differs, or does not start. */
export async function selftest(given: readonly string[], context: Context): Promise<number> {
  const { options } = readArguments(given, { options: ['device'], flags: ['all'] });
  const { env, now, signal } = context;
  const say = (line: string) => context.write(`${line}\n`);
  const named = options.device && oneOf('device', options.device, DEVICE_KINDS);
  const kinds = named ? [named] : await starting(context);
  const every = options.all ? { every: 1 } : {};
  let broken = 0;
  for (const kind of kinds) {
    const device = await openDevice(kind, { env });
    say(`${kind}: ${device.name}`);
    try {
      broken += await brokenParts(runSelftest(device, every), { say, now, signal });
    } finally {
      await device.close();
    }
  }
  return broken === 0 ? 0 : 1;
}

/** Tells of parts as they come, and in one line of them all; gives the number of those in which something differs. */
async function brokenParts(
  parts: ReturnType<typeof runSelftest>,
  { say, now, signal }: { readonly say: (line: string) => void } & Pick<Context, 'now' | 'signal'>,
): Promise<number> {
  let checks = 0;
  let wrong = 0;
  let began = now();
  for await (const { name, checks: made, faults } of parts) {
    if (signal.aborted) throw new Error('interrupted');
    const how = faults.length === 0 ? 'ok' : `${count(faults.length, 'difference')}`;
    say(`  ${name.padEnd(32)} ${how}, ${(now() - began).toFixed(1)} s`);
    for (const fault of faults.slice(0, TOLD)) say(`    ${fault}`);
    if (faults.length > TOLD) say(`    and ${faults.length - TOLD} more`);
    checks += made;
    wrong += faults.length > 0 ? 1 : 0;
    began = now();
  }
  const all = wrong === 0 ? 'all is well' : `${count(wrong, 'part')} wrong`;
  say(`  ${count(checks, 'check')}, ${all}`);
  return wrong;
}

/** Kinds that start here; the others are told with the reason, and are no failure. */
async function starting({ env, write, signal }: Context) {
  const reports = await doctor({ env });
  await refuseInterrupted(signal);
  for (const { kind, reason } of reports.filter(({ starts }) => !starts)) {
    write(`${kind}: not tested, ${reason}\n`);
  }
  return reports.filter(({ starts }) => starts).map(({ kind }) => kind);
}
