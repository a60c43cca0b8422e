/** Every colour a figure or page may use, by token; drawn as `var(--hl-<token>)` so that one SVG serves light and dark. */
export type Palette = Readonly<Record<string, string>>;

/** Thirteen steps of viridis, from the light end to the dark one, and the other way round on dark paper. */
const RAMP = {
  light:
    '95d840 6ccd5a 48c16e 2eb37c 20a386 20938c 25848e 2b748e 32648e 3a538b 424086 472d7b 481769',
  dark: '2e6f8e 297b8e 24878e 20938c 1fa188 26ad81 37b878 4ec36b 69cd5b 8bd646 addc30 d0e11c f1e51d',
};

const ramp = (colours: string): Palette =>
  Object.fromEntries(colours.split(' ').map((hex, i) => [`ramp-${i}`, `#${hex}`]));

/** Steps of a map's colours: fine enough to read as continuous. */
export const MAP_STEPS = 25;

/** The ramp with a colour halfway between each two of its thirteen. */
function mapSteps(colours: string): Palette {
  const stops = colours
    .split(' ')
    .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const step = (i: number): string => {
    const [a = [], b = []] = [stops[Math.floor(i / 2)], stops[Math.ceil(i / 2)]];
    const mixed = a.map((channel, c) => Math.round((channel + (b[c] ?? 0)) / 2));
    return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  };
  return Object.fromEntries(Array.from({ length: MAP_STEPS }, (_, i) => [`map-${i}`, step(i)]));
}

/** Categories and verdicts follow Okabe and Ito (2008), told apart with any colour vision, darkened for contrast. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    paper: '#ffffff',
    raised: '#f6f6f3',
    ink: '#1b1c1e',
    muted: '#5d6066',
    faint: '#8b8e94',
    line: '#dededa',
    grid: '#ececea',
    'category-0': '#0067a8',
    'category-1': '#c8500a',
    'category-2': '#00805c',
    'category-3': '#9b4a86',
    'category-4': '#8a6a00',
    'category-5': '#6e3b1a',
    'category-6': '#6b6e73',
    supported: '#0067a8',
    refuted: '#c8500a',
    mixed: '#9b4a86',
    inconclusive: '#6b6e73',
    ...ramp(RAMP.light),
    ...mapSteps(RAMP.light),
  },
  dark: {
    paper: '#141518',
    raised: '#1d1f23',
    ink: '#ececea',
    muted: '#a5a8ae',
    faint: '#7d8087',
    line: '#37393f',
    grid: '#26282d',
    'category-0': '#5fb2f0',
    'category-1': '#f59150',
    'category-2': '#3fc79a',
    'category-3': '#dd8fc6',
    'category-4': '#e0be48',
    'category-5': '#bd8f70',
    'category-6': '#a5a8ae',
    supported: '#5fb2f0',
    refuted: '#f59150',
    mixed: '#dd8fc6',
    inconclusive: '#a5a8ae',
    ...ramp(RAMP.dark),
    ...mapSteps(RAMP.dark),
  },
};

/** A token as a colour: `token('ink')` is `var(--hl-ink)`. */
export function token(name: string): string {
  return `var(--hl-${name})`;
}

/** Any JSON value or SVG text with its colour tokens replaced by one palette's colours. */
export function withColours<T>(value: T, theme: 'light' | 'dark'): T {
  const palette = palettes[theme];
  const text = JSON.stringify(value).replace(
    /var\(--hl-([a-z0-9-]+)\)/g,
    (whole, name: string) => palette[name] ?? whole,
  );
  return JSON.parse(text) as T;
}

/** Colours of ordered series: an even choice of the ramp's thirteen. */
export function rampTokens(count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    token(`ramp-${count === 1 ? 9 : Math.round((i * 12) / (count - 1))}`),
  );
}

/** Colours of unordered series; they repeat after seven. */
export function categoryTokens(count: number): string[] {
  return Array.from({ length: count }, (_, i) => token(`category-${i % 7}`));
}
