import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from './datasets.ts';
import { type FetchOptions, fetchDataset } from './fetch-dataset.ts';

const content = Buffer.alloc(300_000, 'hyperlaw ');
const digest = createHash('sha256').update(content).digest('hex');

let data: string;
let server: Server;
let requests: string[];
const routes: Record<string, RequestListener> = {
  '/good': (_, response) => response.end(content),
  '/wrong': (_, response) => response.end(Buffer.alloc(content.length, 'x')),
  '/short': (_, response) => response.end(content.subarray(0, 1000)),
  '/long': (_, response) => response.end(Buffer.concat([content, content])),
  '/closes': (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 100_000), () => response.destroy());
  },
  '/closes-chunked': (_, response) => {
    response.write(content.subarray(0, 100_000), () => response.destroy());
  },
  '/silent': () => {},
  '/stalls': (_, response) => {
    response.write(content.subarray(0, 100_000));
  },
  '/moved': (_, response) => response.writeHead(302, { location: '/good' }).end(),
};

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'hyperlaw-data-'));
  requests = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const route = routes[path];
    if (route) route(request, response);
    else response.writeHead(404).end('<html>no such page</html>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await chmod(data, 0o700);
  await rm(data, { recursive: true });
});

const address = (path: string): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

const dataset = (...paths: string[]): Dataset => ({
  folder: 'some',
  stands: [],
  files: [{ name: 'a.gz', bytes: content.length, sha256: digest, urls: paths.map(address) }],
});

type Patience = Pick<FetchOptions, 'connectSeconds' | 'idleSeconds'>;

/** As patient as users are, since a busy machine takes its time, except where a test is about impatience. */
const run = (set: Dataset, patience: Patience = {}): Promise<void> =>
  fetchDataset(set, { data, ...patience });

const left = async (): Promise<string[]> => readdir(join(data, 'some'));

const whole = async (): Promise<boolean> =>
  content.equals(await readFile(join(data, 'some', 'a.gz')));

/** The message of a failure: one line, nothing else left behind. */
async function failure(set: Dataset, patience: Patience = {}): Promise<string> {
  const error = await run(set, patience).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

describe('fetchDataset', () => {
  it.each(['/good', '/moved'])('leaves the whole file and nothing else: %s', async (path) => {
    await run(dataset(path));
    expect(await left()).toEqual(['a.gz']);
    expect(await whole()).toBe(true);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await fetchDataset(dataset('/good'), {
      data,
      onProgress: ({ name, received, bytes }) => {
        expect([name, bytes]).toEqual(['some/a.gz', content.length]);
        seen.push(received);
      },
    });
    expect(seen.at(-1)).toBe(content.length);
  });

  it.each<[path: string, said: RegExp, patience?: Patience]>([
    ['/wrong', /wrong checksum, sha256 [0-9a-f]{64}/],
    ['/long', /wrong checksum/],
    ['/short', /truncated, 1000 of 300000 bytes/],
    ['/closes', /other side closed/],
    ['/closes-chunked', /other side closed/],
    ['/missing', /HTTP 404/],
    ['/silent', /no answer within 0\.3 s/, { connectSeconds: 0.3 }],
    ['/stalls', /no answer within 0\.3 s/, { idleSeconds: 0.3 }],
  ])('fails in one line and leaves nothing: %s', async (path, expected, patience = {}) => {
    const message = await failure(dataset(path), patience);
    expect(message).toMatch(/^cannot fetch some\/a\.gz: http:\/\/127\.0\.0\.1/);
    expect(message).toMatch(expected);
    expect(await left()).toEqual([]);
  });

  it('says that nothing listens', async () => {
    const { port } = server.address() as AddressInfo;
    const set = dataset('/good');
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(await failure(set)).toContain(`connect ECONNREFUSED 127.0.0.1:${port}`);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });

  it('tries the next address, and names each failure where all fail', async () => {
    await run(dataset('/missing', '/wrong', '/closes', '/good'));
    expect(await left()).toEqual(['a.gz']);
    await rm(join(data, 'some'), { recursive: true });
    expect(await failure(dataset('/missing', '/wrong'))).toMatch(/HTTP 404; .*wrong checksum/);
  });

  it('asks for nothing where the file is already there', async () => {
    await run(dataset('/good'));
    expect(requests).toEqual(['/good']);
    await run(dataset('/good'));
    expect(requests).toEqual(['/good']);
  });

  it('replaces a damaged file, and keeps it where no better one is to be had', async () => {
    await mkdir(join(data, 'some'));
    await writeFile(join(data, 'some', 'a.gz'), 'torn');
    await failure(dataset('/missing'));
    expect(await readFile(join(data, 'some', 'a.gz'), 'utf8')).toBe('torn');
    await run(dataset('/good'));
    expect(await whole()).toBe(true);
  });

  it('lets several fetch at once', async () => {
    await Promise.all([run(dataset('/good')), run(dataset('/good')), run(dataset('/good'))]);
    expect(await left()).toEqual(['a.gz']);
    expect(await whole()).toBe(true);
  });

  it('says that the folder cannot be written, and asks no other address', async () => {
    await writeFile(join(data, 'some'), 'a file where the folder would be');
    expect(await failure(dataset('/good', '/good'))).toMatch(/^cannot write .*some: .*\(EEXIST\)$/);
    expect(requests).toEqual([]);
    await rm(join(data, 'some'));
  });

  it('says that a folder cannot be made where its parent leads nowhere', async () => {
    await symlink(join(data, 'nowhere', 'at all'), join(data, 'some'));
    expect(await failure(dataset('/good'))).toMatch(/^cannot write [^\n]*some: /);
    await rm(join(data, 'some'));
  });

  it.skipIf(process.platform !== 'linux')(
    'says that a file system has no room for folders',
    async () => {
      const message = fetchDataset(dataset('/good'), { data: '/proc/hyperlaw/data' });
      await expect(message).rejects.toThrow(/^cannot write \/proc\/hyperlaw[^\n]*\(ENOENT\)$/);
    },
  );

  it.skipIf(process.platform === 'win32')('says that the folder is read-only', async () => {
    await mkdir(join(data, 'some'), { mode: 0o555 });
    await chmod(data, 0o755);
    const message = await asNobody(() => failure(dataset('/good', '/good')));
    expect(message).toMatch(/^cannot write .*part: permission denied \(EACCES\)$/);
    expect(await left()).toEqual([]);
    expect(requests).toEqual(['/good']);
  });
});

/** Permissions do not bind the superuser, as whom containers run tests: step down for a while. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
