import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answersOf, readVerdict } from '@hyperlaw/report';
import { readArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { houseAround, loadSuite, suiteNames } from '../house.ts';
import { errorLine } from '../start.ts';

/** `hyperlaw list`: the suites, their questions, and what they found. */
export async function list(given: readonly string[], context: Context): Promise<number> {
  readArguments(given, { options: [] });
  const house = houseAround(context.cwd);
  const names = suiteNames(house);
  const width = Math.max(...names.map((name) => name.length));
  let code = 0;
  for (const name of names) {
    const complain = (error: unknown) => {
      context.complain(`${errorLine(error)}\n`);
      code = 1;
      return null;
    };
    const suite = await loadSuite(house, name).catch(complain);
    if (suite === null) continue;
    const { title, question } = suite;
    const line = (id: string, what: string) =>
      context.write(`${name.padEnd(width)}  ${title} [${id}] ${what}\n`);
    const path = join(house.reports, name, 'verdict.json');
    if (!existsSync(path)) line(question.id, 'not run yet');
    const found = existsSync(path) ? await readVerdict(path).catch(complain) : null;
    for (const answer of found ? answersOf(found) : []) {
      line(answer.question.id, `${answer.verdict}, ${found?.profile}`);
    }
  }
  if (names.length === 0) context.write('no suites yet (npm run new-suite <name> makes one)\n');
  return code;
}
