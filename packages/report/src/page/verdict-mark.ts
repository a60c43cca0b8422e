import type { VerdictWord } from '../verdict.ts';

const GLYPHS: Readonly<Record<VerdictWord, string>> = {
  supported: '●',
  refuted: '◆',
  mixed: '■',
  inconclusive: '▲',
};

/** A verdict as a coloured word with the mark it has in figures. */
export function verdictMark(verdict: VerdictWord): string {
  return `<span class="verdict-word" data-verdict="${verdict}"><span aria-hidden="true">${GLYPHS[verdict]}</span> ${verdict}</span>`;
}
