import { join } from 'node:path';
import { readVerdict } from '@hyperlaw/report';
import type { House } from '../house.ts';
import { sourcesOf } from './provenance.ts';
import type { Origin, RunRecord } from './run-log.ts';

/**
 * Where a suite's results come from: the last run that measured some of them, with the devices of those before it.
 * Results without a log are older than it: the last verdict of the profile knows, or nobody.
 */
export async function originOf(
  runs: readonly RunRecord[],
  {
    house,
    suite,
    profile,
    startedAt,
  }: {
    readonly house: House;
    readonly suite: string;
    readonly profile: string;
    readonly startedAt: string;
  },
): Promise<Origin> {
  const last = runs.at(-1);
  if (last) {
    const { commit, dirty, versions } = last;
    return { commit, dirty, versions, device: deviceOf(last, runs), startedAt: last.startedAt };
  }
  const sources = sourcesOf(house);
  const before = await readVerdict(join(house.reports, suite, 'verdict.json')).catch(() => null);
  if (before?.profile === profile) {
    const { device, startedAt: then } = before.provenance;
    return { ...sources, device, startedAt: then };
  }
  const device = { kind: 'unknown', name: 'not recorded in the journal' };
  return { ...sources, device, startedAt };
}

function deviceOf({ device }: RunRecord, runs: readonly RunRecord[]): Origin['device'] {
  const told = ({ kind, name }: Origin['device']) => `${kind} ${name}`;
  const others = new Set(runs.map((run) => told(run.device)));
  others.delete(told(device));
  return others.size === 0
    ? { kind: device.kind, name: device.name }
    : { kind: device.kind, name: `${device.name}; earlier parts: ${[...others].join(', ')}` };
}
