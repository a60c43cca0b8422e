import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalOf, verdictOf } from './testing/compare-runs.ts';
import { runCommand } from './testing/run-command.ts';
import {
  addLabSuite,
  addTinySuite,
  type TemporaryHouse,
  temporaryHouse,
} from './testing/temporary-house.ts';

// Every process here loads the engine, which is most of the time that these tests take.
describe('a run of the real command', () => {
  const env = { HYPERLAW_WORKERS: '1', HYPERLAW_DEVICE: 'cpu' };
  let whole: TemporaryHouse;
  let broken: TemporaryHouse;

  beforeAll(() => {
    whole = temporaryHouse();
    addTinySuite(whole);
    broken = temporaryHouse();
    addTinySuite(broken);
  });

  afterAll(() => {
    whole.remove();
    broken.remove();
  });

  it('ends in a verdict', async () => {
    const { code, stdout, stderr } = await runCommand(['run', 'tiny'], { cwd: whole.folder, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/verdict: supported\nTiny is enough.\npage: reports.tiny.index.html\n/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says at once on %s that it stops, and ends with one line that says what is kept',
    async (signal) => {
      const house = temporaryHouse();
      addTinySuite(house, { steps: 50_000 });
      const when = (stdout: string) => stdout.includes('model-steps/s');
      const ended = await runCommand(['run', 'tiny'], { cwd: house.folder, env, signal, when });
      house.remove();
      expect(ended.code).toBe(130);
      expect(ended.stderr).toMatch(
        /^stopping after .*\ninterrupted \(\d+ trials are in the journal\)\n$/,
      );
    },
  );

  it('resumes after SIGKILL to the same verdict, losing and repeating nothing', async () => {
    const cwd = broken.folder;
    const killed = await runCommand(['run', 'tiny'], {
      cwd,
      env,
      when: () => journalOf(cwd, 'tiny').keys.length > 0,
    });
    expect(killed.code).toBe(null);
    expect(journalOf(cwd, 'tiny').keys.length).toBeLessThan(30);
    const last = await runCommand(['run', 'tiny'], { cwd, env: { ...env, HYPERLAW_WORKERS: '2' } });
    expect(last.code).toBe(0);
    expect(verdictOf(cwd, 'tiny')).toEqual(verdictOf(whole.folder, 'tiny'));
    expect(journalOf(cwd, 'tiny').keys).toEqual(journalOf(whole.folder, 'tiny').keys);
  });

  it('is drawn again from the journal alone', async () => {
    const { code, stdout } = await runCommand(['report', 'tiny'], { cwd: broken.folder });
    expect(code).toBe(0);
    expect(stdout).toContain('30 trials (0 trained now, 0 diverged)');
    expect(verdictOf(broken.folder, 'tiny')).toEqual(verdictOf(whole.folder, 'tiny'));
  });

  it('resumes experiments after SIGKILL, on another number of workers, to the same verdict', async () => {
    const houses = [temporaryHouse(), temporaryHouse()] as const;
    for (const house of houses) addLabSuite(house);
    const [left, cut] = houses.map(({ folder }) => folder) as [string, string];
    expect((await runCommand(['run', 'lab'], { cwd: left, env })).code).toBe(0);
    const killed = await runCommand(['run', 'lab'], {
      cwd: cut,
      env,
      when: () => journalOf(cut, 'lab').keys.length > 0,
    });
    expect(killed.code).toBe(null);
    const last = await runCommand(['run', 'lab'], {
      cwd: cut,
      env: { ...env, HYPERLAW_WORKERS: '2' },
    });
    expect({ code: last.code, stderr: last.stderr }).toEqual({ code: 0, stderr: '' });
    expect(verdictOf(cut, 'lab')).toEqual(verdictOf(left, 'lab'));
    expect(journalOf(cut, 'lab').keys).toEqual(journalOf(left, 'lab').keys);
    for (const house of houses) house.remove();
  });

  it('ends on SIGINT in an experiment that asks whether to go on', async () => {
    const house = temporaryHouse();
    addLabSuite(house, { kind: 'wait' });
    const ended = await runCommand(['run', 'lab'], {
      cwd: house.folder,
      env: { ...env, HYPERLAW_WORKERS: '2' },
      signal: 'SIGINT',
      when: () => journalOf(house.folder, 'lab').keys.length > 0,
    });
    house.remove();
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(
      /^stopping after .*\ninterrupted \(\d+ experiments are in the journal\)\n$/,
    );
  });
});
