import type { Page } from '@hyperlaw/report';
import type { Profile } from '../suite.ts';
import type { CounterexampleDeclaration } from './declaration.ts';
import { figuresOf } from './figures.ts';
import type { Told } from './statement.ts';
import { caveats, decisionRule, searchMethod } from './words.ts';

/** The page's words and figures, in the order of the story. */
export function pageOf(
  declaration: CounterexampleDeclaration,
  told: Told & { readonly profile: Profile },
): Omit<Page, 'verdict' | 'command' | 'title'> {
  const { pages } = declaration;
  return {
    introduction: pages.introduction,
    figures: figuresOf(declaration, told),
    method: [...pages.method, ...searchMethod(declaration, told)],
    decisionRule: decisionRule(declaration, told.scale),
    caveats: [...pages.caveats, ...caveats(told)],
  };
}
