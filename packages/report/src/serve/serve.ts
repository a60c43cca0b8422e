import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { contentType } from './content-type.ts';

/** A running server. */
export interface ReportServer {
  /** `http://127.0.0.1:4173/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The file that a request names, or undefined where it names none inside the folder (links out of it included). */
async function fileFor(
  root: string,
  url: string,
): Promise<{ path: string } | { to: string } | undefined> {
  try {
    const { pathname, search } = new URL(url, 'http://reports');
    const wanted = decodeURIComponent(pathname);
    if (wanted.includes('\0')) return undefined;
    const real = await realpath(join(root, wanted));
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    if (!(await stat(real)).isDirectory()) return { path: real };
    if (!pathname.endsWith('/')) return { to: `${pathname.replace(/^\/+/, '/')}/${search}` };
    return fileFor(root, `${pathname}index.html`);
  } catch {
    return undefined;
  }
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse) {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-cache');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const found = await fileFor(root, request.url ?? '/');
  if (found === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('not found\n');
    return;
  }
  if ('to' in found) {
    response.writeHead(301, { Location: found.to }).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': contentType(found.path) });
  if (request.method === 'HEAD') response.end();
  // Closes the one where the other ends early, which is nobody's fault.
  else pipeline(createReadStream(found.path), response, () => {});
}

/**
 * Serves a folder's files over HTTP, on loopback unless told otherwise, until closed; port 0 takes a free one.
 * Throws one line where the folder is missing or the port is taken.
 */
export async function serveReports(
  folder: string,
  { port = 4173, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {},
): Promise<ReportServer> {
  const root = await realpath(folder).catch(() => {
    throw new Error(`unknown reports folder: ${folder} (an existing folder; run a suite first)`);
  });
  const server = createServer((request, response) => void answer(root, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is taken' : cause.message;
      reject(new Error(`cannot serve on ${host}:${port}: ${why}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
