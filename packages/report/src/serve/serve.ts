/** Serves a folder on loopback until closed. */
export async function serveReports(
  _folder: string,
  _options: { readonly port?: number; readonly host?: string } = {},
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  throw new Error('unfinished');
}
