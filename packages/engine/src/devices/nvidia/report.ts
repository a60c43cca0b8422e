import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Environment } from '../probe.ts';
import { findDriver, findLibrary, type Places, UNKNOWN_VERSION } from './find.ts';
import { cudaNeeds, type NvidiaNeeds, tensorflowNeeds } from './needs.ts';

/** What a device wants of NVIDIA's driver, CUDA and cuDNN, what there is of it, and what to do. */
export interface NvidiaReport {
  readonly device: 'cuda' | 'tensorflow';
  /** `ONNX Runtime 1.30.0 wants driver 525 or newer, CUDA 12, cuDNN 9`. */
  readonly wants: string;
  /** `driver 550.54.15, CUDA 12.4.127, no cuDNN 9`. */
  readonly found: string;
  /** Null where nothing is missing, and where no driver says that there is a GPU. */
  readonly advice: string | null;
}

/** What the installed packages want and find: empty where NVIDIA's software is none for their platform. */
export function nvidiaReports(env: Environment): readonly NvidiaReport[] {
  if (`${process.platform}/${process.arch}` !== 'linux/x64') return [];
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as {
    readonly version: string;
  };
  const places = { root: '/', env };
  return [cudaNeeds(version), tensorflowNeeds].map((needs) => nvidiaReport(needs, places));
}

/** One device's needs held against what lies in some places. */
export function nvidiaReport(needs: NvidiaNeeds, places: Places): NvidiaReport {
  const { device, library, driver: oldest, cuda, cudnn, libraries } = needs;
  const driver = findDriver(places);
  // Of an unknown version nothing follows: not a number, it compares as false.
  const old = driver !== null && Number.parseInt(driver, 10) < oldest;
  const parts = [
    partOf(`CUDA ${cuda}`, libraries.cuda, places),
    partOf(`cuDNN ${cudnn}`, libraries.cudnn, places),
  ];
  const hidden = [...new Set(parts.flatMap(({ hidden }) => hidden))];
  const advice =
    driver === null
      ? []
      : [
          ...(old ? [`install driver ${oldest} or newer`] : []),
          ...parts.flatMap((part) => part.advice ?? []),
          ...(hidden.length > 0 ? [`export LD_LIBRARY_PATH=${hidden.join(':')}`] : []),
        ];
  const told = [
    driver === null
      ? 'no driver'
      : driver === UNKNOWN_VERSION
        ? `a driver ${driver}`
        : `driver ${driver}`,
    ...parts.map((one) => one.found),
  ];
  return {
    device,
    wants: `${library} wants driver ${oldest} or newer, CUDA ${cuda}, cuDNN ${cudnn}`,
    found: told.join(', '),
    advice: advice.length > 0 ? advice.join('; ') : null,
  };
}

interface Part {
  readonly found: string;
  readonly advice: string | null;
  /** Folders of libraries that the loader does not find. */
  readonly hidden: readonly string[];
}

/** One part of NVIDIA's software: what there is of the libraries that are asked for, and what to do about the rest. */
function partOf(part: string, names: readonly string[], places: Places): Part {
  const all = names.map((name) => [name, findLibrary(name, places)] as const);
  const there = all.flatMap(([, library]) => library ?? []);
  if (there.length === 0) return { found: `no ${part}`, advice: `install ${part}`, hidden: [] };
  const hidden = there.filter(({ loadable }) => !loadable).map(({ path }) => dirname(path));
  // The first, CUDA's runtime or cuDNN itself, has the version by which the part is called.
  const version = all[0]?.[1]?.version;
  const found = version === undefined ? `some of ${part}` : `${part.split(' ')[0]} ${version}`;
  const missing = all.flatMap(([name, library]) => (library === null ? [name] : []));
  if (missing.length === 0) return { found, advice: null, hidden };
  const without = `${found} without ${missing.join(', ')}`;
  return { found: without, advice: `install all of ${part}`, hidden };
}
