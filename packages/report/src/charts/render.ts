import type * as Vega from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { VegaLiteSpec } from './chart.ts';
import { withColours } from './palette.ts';
import { textEms } from './text-width.ts';

/** Loads nothing: a figure holds its own data. */
function closedLoader(vega: typeof Vega): Vega.Loader {
  const closed = vega.loader();
  const refuse = (uri: string): Promise<never> =>
    Promise.reject(new Error(`unexpected address in a figure: ${uri} (none)`));
  return { ...closed, load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

interface TextItem {
  readonly fontSize?: number;
  readonly text?: unknown;
}

/** Tells vega how wide text is, which it asks wherever there is no canvas to measure it on. */
function measureText(vega: typeof Vega): void {
  const { textMetrics } = vega as unknown as {
    textMetrics: { width: (item: TextItem, text?: unknown) => number };
  };
  textMetrics.width = (item, text) =>
    textEms(String(text ?? item.text ?? '')) * (item.fontSize ?? 11);
}

/** Vega counts the names of clips up over a process: counted from 0 in each picture, the same chart is the same picture. */
function withOwnClips(svg: string): string {
  const clips = new Map<string, string>();
  return svg.replace(/(?<=id="|url\(#)clip\d+/g, (name) => {
    const own = clips.get(name) ?? `clip${clips.size}`;
    clips.set(name, own);
    return own;
  });
}

/**
 * The SVG of a specification, drawn without a browser: in the colours of a theme, or with colour tokens left in
 * as CSS variables for a page that defines them. Throws what vega-lite warns of, since a chart that warns is wrong.
 */
export async function renderSvg(
  spec: VegaLiteSpec,
  { colours }: { readonly colours: 'light' | 'dark' | 'tokens' },
): Promise<string> {
  // Loaded by whoever draws: a suite that is training has no room for 40 MB of charts.
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const warnings: string[] = [];
  const note = (...words: readonly unknown[]) => {
    warnings.push(words.join(' '));
    return logger;
  };
  const logger = {
    level: () => logger,
    error: note,
    warn: note,
    info: () => logger,
    debug: () => logger,
  };
  // A copy, since vega marks the rows that it reads.
  const drawn = colours === 'tokens' ? structuredClone(spec) : withColours(spec, colours);
  const { spec: low } = compile(drawn as unknown as TopLevelSpec, {
    logger: logger as unknown as NonNullable<Parameters<typeof compile>[1]>['logger'] & object,
  });
  if (warnings.length > 0) throw new Error(`faulty chart: ${warnings.join('; ')}`);
  measureText(vega);
  const view = new vega.View(vega.parse(low as Vega.Spec), {
    renderer: 'none',
    loader: closedLoader(vega),
  });
  try {
    return withOwnClips(await view.toSVG());
  } finally {
    view.finalize();
  }
}
