/** What a picture has that only lets a pointer or a style sheet find its parts, that is not seen, or goes without saying. */
const UNSEEN: readonly RegExp[] = [
  // Marks that only catch the pointer.
  /<path [^<>]*\bopacity="0"[^<>]*\/>/g,
  /<path class="foreground"[^<>]*display="none"\/>/g,
  // Backgrounds of groups without a fill or a stroke.
  /<path class="background"(?:(?!fill=|stroke=)[^<>])*\/>/g,
  / (?:aria-[a-z]+|role|class(?!="marks")|pointer-events)="[^"]*"/g,
  // What holds where nothing is said.
  / (?:opacity="1"|stroke-width="1"|text-anchor="start")/g,
];

/** Attributes that hold coordinates. */
const PLACED = / (d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"/g;

/** A hundredth of a pixel. */
const rounded = (numbers: string): string =>
  numbers.replace(/-?\d*\.\d{3,}(?:e-?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(2))),
  );

/**
 * A picture drawn by vega without what a still one has no use for, in half the letters: parts that are not seen, names and
 * roles of its parts (one label of the whole tells them), digits below a hundredth of a pixel, and the font of each text where
 * all have one.
 */
export function leanSvg(svg: string): string {
  const seen = UNSEEN.reduce((text, part) => text.replace(part, ''), svg).replace(
    PLACED,
    (_, name: string, numbers: string) => ` ${name}="${rounded(numbers)}"`,
  );
  const fonts = new Set(seen.match(/ font-family="[^"]*"/g));
  const [font] = fonts;
  if (font === undefined || fonts.size > 1) return seen;
  return seen.replaceAll(font, '').replace('<svg', () => `<svg${font}`);
}
