import type { Claim, VerdictWord } from '../verdict.ts';

/** Whether a law holds, in a word. */
export type LawWord = 'holds' | 'holds in part' | 'fails' | 'undecided' | 'not measured';

/** The word for a verdict on a law; a claim that is inconclusive without an effect was not measured. */
export function lawWord(verdict: VerdictWord, effect?: number | null): LawWord {
  switch (verdict) {
    case 'supported':
      return 'holds';
    case 'refuted':
      return 'fails';
    case 'mixed':
      return 'holds in part';
    case 'inconclusive':
      return effect === null ? 'not measured' : 'undecided';
  }
}

/** The word for a law whose claims may all be unmeasured. */
export function sectionWord(holds: VerdictWord, claims: readonly Claim[]): LawWord {
  const measured = claims.length === 0 || claims.some(({ effect }) => effect !== null);
  return lawWord(holds, measured ? undefined : null);
}

const MARKS: Readonly<Record<LawWord, readonly [glyph: string, verdict: VerdictWord]>> = {
  holds: ['●', 'supported'],
  'holds in part': ['■', 'mixed'],
  fails: ['◆', 'refuted'],
  undecided: ['▲', 'inconclusive'],
  'not measured': ['○', 'inconclusive'],
};

/** The verdict whose colour a law's word has. */
export function lawVerdict(word: LawWord): VerdictWord {
  return MARKS[word][1];
}

/** Whether a law holds, as a coloured word with the mark that its verdict has in figures. */
export function lawMark(word: LawWord): string {
  const [glyph, verdict] = MARKS[word];
  return `<span class="verdict-word" data-verdict="${verdict}"><span aria-hidden="true">${glyph}</span> ${word}</span>`;
}

/** The mark alone, with the word for those who cannot see it. */
export function lawGlyph(word: LawWord): string {
  const [glyph, verdict] = MARKS[word];
  return `<span class="law-glyph" data-verdict="${verdict}" role="img" aria-label="${word}" title="${word}">${glyph}</span>`;
}

/** How many laws came to each word, in words with marks. */
export function lawTally(words: readonly LawWord[]): string {
  const tallied = (Object.keys(MARKS) as readonly LawWord[]).flatMap((word) => {
    const count = words.filter((other) => other === word).length;
    if (count === 0) return [];
    const [glyph, verdict] = MARKS[word];
    const verb = count === 1 ? word : word.replace(/^holds/, 'hold').replace(/^fails/, 'fail');
    return [
      `<span class="verdict-word" data-verdict="${verdict}"><span aria-hidden="true">${glyph}</span> ${count} ${verb}</span>`,
    ];
  });
  return `<p class="law-tally">${tallied.join(' ')}</p>`;
}
