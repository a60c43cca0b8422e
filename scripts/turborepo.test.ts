import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface PlannedTask {
  readonly taskId: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const tasks = readdirSync(join(root, 'suites'))
  .filter((suite) => existsSync(join(root, 'suites', suite, 'turbo.json')))
  .map((suite) => `suite:${suite}`);

it('the sources of a suite, and none of its tests, decide whether Turborepo trains it again', () => {
  const plan = execFileSync('npx', ['turbo', 'run', ...tasks, '--dry=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const planned: readonly PlannedTask[] = JSON.parse(plan.slice(plan.indexOf('{'))).tasks;

  for (const task of tasks) {
    const files = Object.keys(
      planned.find(({ taskId }) => taskId.endsWith(`#${task}`))?.inputs ?? {},
    );
    expect(files, task).toContain('src/suite.ts');
    expect(files, task).toContain('package.json');
    expect(
      files.filter((file) => /\.test\.ts$|\/testing\//.test(file)),
      task,
    ).toEqual([]);
  }
});
