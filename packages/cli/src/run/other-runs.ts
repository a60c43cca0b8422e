import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** By machine, since folders may be shared, and by process. */
const nameOf = (pid: number) => `running-${hostname()}-${pid}`;

/** The process of a marker of this machine. */
function pidOf(name: string): number | null {
  const pid = Number(/-(\d+)$/.exec(name)?.[1]);
  return pid > 0 && name === nameOf(pid) ? pid : null;
}

/**
 * Marks a folder of results as worked on by this process, until the function that it gives is called. Tells of every other
 * process of this machine that is at work there: journals take it well, but what both train is trained twice.
 */
export function markRunning(folder: string, tell: (pid: number) => void): () => void {
  const own = join(folder, nameOf(process.pid));
  // Before looking: of two that start together one sees the other.
  writeFileSync(own, '');
  for (const name of readdirSync(folder)) {
    const pid = pidOf(name);
    if (pid === null || pid === process.pid) continue;
    if (isAlive(pid)) tell(pid);
    else rmSync(join(folder, name), { force: true });
  }
  return () => rmSync(own, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
