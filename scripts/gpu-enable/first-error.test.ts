import { describe, expect, it } from 'vitest';
import { firstError } from './first-error.ts';

describe('firstError', () => {
  it('finds why a script failed among its stack trace and the notices of npm', () => {
    const output = `
> onnxruntime-node@1.30.0 postinstall
node:internal/process/promises:391
    triggerUncaughtException(err, true /* fromPromise */);

Error: getaddrinfo ENOTFOUND api.nuget.org
    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26) {
npm error code 1`;
    expect(firstError(output)).toBe('getaddrinfo ENOTFOUND api.nuget.org');
  });

  it('falls back to the first line that speaks of an error', () => {
    expect(firstError('ok\nnpm error code 1\nnpm error path x')).toBe('npm error path x');
    expect(firstError('')).toBe('no reason given');
  });
});
