import { escapeHtml } from './escape.ts';

/** Sets the theme that the reader chose before anything is painted. */
const EARLY = `try{const t=localStorage.getItem('hyperlaw-theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`;

/** Forbids whatever a report never does: talk to a network, embed, submit. */
const POLICY =
  "connect-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'";

/** A whole HTML document around a page's body. */
export function renderDocument({
  title,
  description,
  assets,
  body,
  figures,
}: {
  readonly title: string;
  readonly description: string;
  /** Path of the assets folder, relative to the page. */
  readonly assets: string;
  readonly body: string;
  /** Whether the page draws figures: it then loads the scripts that draw. */
  readonly figures: boolean;
}): string {
  const scripts = figures ? ['vega.min.js', 'vega-lite.min.js', 'vega-embed.min.js'] : [];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<script>${EARLY}</script>
<link rel="stylesheet" href="${assets}/katex/katex.min.css">
<link rel="stylesheet" href="${assets}/report.css">
${[...scripts, 'report.js'].map((name) => `<script defer src="${assets}/${name}"></script>`).join('\n')}
</head>
<body>
${body}
</body>
</html>
`;
}
