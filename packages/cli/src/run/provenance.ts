import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { Verdict } from '@hyperlaw/report';
import type { Task } from '@hyperlaw/tasks';
import type { House } from '../house.ts';

/** The sources and the packages that numbers are made with: those of a repository, or those that went into a bundle. */
export function sourcesOf({
  folder,
  bundle,
}: Pick<House, 'folder' | 'bundle'>): Pick<Verdict['provenance'], 'commit' | 'dirty' | 'versions'> {
  if (bundle === null) return { ...commitOf(folder), versions: versionsOf() };
  const { commit, dirty, versions } = bundle;
  // A bundle brings the Node that it was made with, but may be started with another.
  return { commit, dirty, versions: { ...versions, node: process.versions.node } };
}

/** The commit of a folder's repository, and whether its sources differ; reports are results, not sources. */
export function commitOf(folder: string): { commit: string; dirty: boolean } {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    return { commit, dirty: git('status', '--porcelain', '--', '.', ':(exclude)reports') !== '' };
  } catch {
    return { commit: 'unknown', dirty: true };
  }
}

/** Versions of what numbers depend on. */
export function versionsOf(): Readonly<Record<string, string>> {
  const own = createRequire(import.meta.url);
  const engine = createRequire(own.resolve('@hyperlaw/engine'));
  const version = (require: NodeJS.Require, file: string): string =>
    (JSON.parse(readFileSync(require.resolve(file), 'utf8')) as { version: string }).version;
  return {
    hyperlaw: version(own, '../../package.json'),
    node: process.versions.node,
    'onnxruntime-node': version(engine, 'onnxruntime-node/package.json'),
    '@tensorflow/tfjs': version(engine, '@tensorflow/tfjs/package.json'),
  };
}

/** The processor, for people: `AMD EPYC 7B13, 2 cores`. */
export function processorName(): string {
  const all = cpus();
  const model = all[0]?.model.replace(/\s+/g, ' ').trim() || 'unknown processor';
  return `${model}, ${all.length} core${all.length === 1 ? '' : 's'}`;
}

/** The files behind what was measured, each once, by name. */
export function dataOf(sources: readonly Pick<Task, 'data'>[]): Verdict['provenance']['data'] {
  const files = new Map(
    sources.flatMap(({ data }) =>
      data.map(({ name, sha256 }) => [name, { name, sha256 }] as const),
    ),
  );
  return [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
