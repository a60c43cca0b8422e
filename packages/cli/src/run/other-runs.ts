import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const marker = /^running-(\d+)$/;

/**
 * Marks a folder of results as worked on by this process, until the function that it gives is called. Tells of every other
 * process of this machine that is at work there: journals take it well, but what both train is trained twice.
 */
export function markRunning(folder: string, tell: (pid: number) => void): () => void {
  for (const name of readdirSync(folder)) {
    const pid = Number(marker.exec(name)?.[1]);
    if (!pid || pid === process.pid) continue;
    if (isAlive(pid)) tell(pid);
    else rmSync(join(folder, name), { force: true });
  }
  const own = join(folder, `running-${process.pid}`);
  writeFileSync(own, '');
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
