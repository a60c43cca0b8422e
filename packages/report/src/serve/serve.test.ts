import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReportServer, serveReports } from './serve.ts';

let top: string;
let server: ReportServer;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'hyperlaw-serve-'));
  await writeFile(join(top, 'secret.txt'), 'secret');
  await mkdir(join(top, 'reports', 'a suite'), { recursive: true });
  await mkdir(join(top, 'reports-beside'));
  await writeFile(join(top, 'reports-beside', 'index.html'), 'secret');
  await writeFile(join(top, 'reports', 'index.html'), '<p>index</p>');
  await writeFile(join(top, 'reports', 'a suite', 'index.html'), '<p>suite</p>');
  await writeFile(join(top, 'reports', 'verdict.json'), '{}');
  await symlink(join(top, 'secret.txt'), join(top, 'reports', 'link.txt'));
  server = await serveReports(join(top, 'reports'), { port: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(top, { recursive: true, force: true });
});

/** Sends a path as it is, where `fetch` would tidy it. */
function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

describe('serveReports', () => {
  it('serves files with their types on loopback', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const index = await fetch(server.url);
    expect([index.status, index.headers.get('content-type'), await index.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<p>index</p>',
    ]);
    const json = await fetch(`${server.url}verdict.json`);
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('sends a folder to its page, so that relative addresses hold', async () => {
    const response = await fetch(`${server.url}a%20suite`);
    expect(response.url).toBe(`${server.url}a%20suite/`);
    expect(await response.text()).toBe('<p>suite</p>');
    expect(await raw('//evil.example/..')).not.toContain('Location: //');
  });

  it('never leaves its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/a%20suite/../../secret.txt',
      '/%2e%2e%2freports-beside/index.html',
      '/link.txt',
      '/%00',
      '/%ff',
      `/${'../'.repeat(12)}etc/passwd`,
    ]) {
      const answer = await raw(path);
      expect(answer, path).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain('secret');
    }
  });

  it('takes no other method', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    expect(await (await fetch(server.url, { method: 'HEAD' })).text()).toBe('');
  });

  it('says when it cannot serve', async () => {
    await expect(serveReports(join(top, 'none'))).rejects.toThrow('unknown reports folder');
    const port = Number(new URL(server.url).port);
    await expect(serveReports(top, { port })).rejects.toThrow(
      `cannot serve on 127.0.0.1:${port}: the port is taken`,
    );
  });
});
