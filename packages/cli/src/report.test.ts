import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from './main.ts';
import { madeUpContext } from './testing/made-up-context.ts';
import { runCommand } from './testing/run-command.ts';
import { addTinySuite, temporaryHouse } from './testing/temporary-house.ts';

const house = temporaryHouse();
const cwd = house.folder;

beforeAll(async () => {
  addTinySuite(house);
  await runCommand(['run', 'tiny', '--device', 'cpu', '--workers', '1'], { cwd });
});
afterAll(() => house.remove());

it('draws every suite that was run, from its journal alone', async () => {
  const context = madeUpContext({ cwd });
  expect(await main(['report'], context)).toBe(0);
  expect(context.written()).toMatch(/ trials \(0 trained now/);
});

it('is interrupted as a whole, not suite by suite', async () => {
  const context = madeUpContext({ cwd, signal: AbortSignal.abort() });
  await expect(main(['report'], context)).rejects.toThrow(/^interrupted/);
  expect(context.complaints()).toBe('');
});
