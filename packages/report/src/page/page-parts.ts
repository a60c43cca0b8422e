import { safeName } from '../files/safe-name.ts';
import type { Claim } from '../verdict.ts';
import { type LawWord, sectionWord } from './law-mark.ts';
import type { Figure, Page, Section } from './page.ts';

/** A section at its place in the page. */
export interface PlacedSection {
  readonly section: Section;
  /** Counts from one. */
  readonly number: number;
  readonly word: LawWord;
  /** Its claims, as the verdict has them. */
  readonly claims: readonly Claim[];
}

/** Anchors of the parts that every page has. */
const TAKEN = [
  'claims',
  'laws',
  'contents',
  'method',
  'decision-rule',
  'caveats',
  'arms',
  'compute',
  'provenance',
  'reproduce',
];

/** Every figure in the order of the page; throws on an id that is unsafe or used twice. */
export function figuresOf({ figures, sections = [] }: Page): readonly Figure[] {
  const all = [...figures, ...sections.flatMap((section) => section.figures)];
  const ids = all.map(({ id }) => safeName(id, 'figure'));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw new Error(`repeated figure id: ${twice} (unique in the page)`);
  }
  return all;
}

/** The sections of a page with their claims; throws on an id that is taken and on a claim that the verdict lacks. */
export function placeSections({ sections = [], verdict }: Page): readonly PlacedSection[] {
  const ids = sections.map(({ id }) => safeName(id, 'section'));
  const bad = ids.find((id, i) => TAKEN.includes(id) || ids.indexOf(id) !== i);
  if (bad !== undefined) {
    throw new Error(
      `unusable section id: ${bad} (unique in the page, and none of ${TAKEN.join(', ')})`,
    );
  }
  return sections.map((section, i) => {
    const claims = (section.claims ?? []).map(({ name, task }) => {
      const found = verdict.claims.find((claim) => claim.name === name && claim.task === task);
      if (found === undefined) {
        throw new Error(`unknown claim of section ${section.id}: ${name} (a claim of the verdict)`);
      }
      return found;
    });
    return { section, number: i + 1, word: sectionWord(section.holds, claims), claims };
  });
}
