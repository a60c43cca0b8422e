/** Advance widths of Helvetica in thousandths of an em, by groups of characters. */
const ADVANCES: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[ijl|'’.,:;!·]/, 245],
  [/[frtI()[\]{}\-/ ⁰¹²³⁴-⁹⁻]/, 320],
  [/[mwMW%@←→]/, 860],
  [/[A-Z&]/, 690],
];

/** Width of a text in ems, as a sans-serif sets it: within about 5 %, where vega's own guess is half too wide. */
export function textEms(text: string): number {
  let sum = 0;
  for (const character of text) {
    sum += ADVANCES.find(([group]) => group.test(character))?.[1] ?? 556;
  }
  return (1.03 * sum) / 1000;
}
