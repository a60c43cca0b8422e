import { describe, expect, it } from 'vitest';
import { moduleName, readdress } from './own-addresses.ts';

describe('readdress', () => {
  it('leads to modules of the bundle, and says which', () => {
    const source = 'packages/sweep/src/pool.ts';
    expect(readdress(source, "new URL('./worker-entry.mjs', import.meta.url)")).toEqual({
      text: "new URL('./packages.sweep.worker-entry.js', import.meta.url)",
      modules: ['packages/sweep/src/worker-entry.mjs'],
    });
  });

  it('leaves files where they are, relative to the root', () => {
    const of = (text: string) => readdress('packages/cli/src/run/house.ts', text);
    expect(of("new URL('../help.txt', import.meta.url)").text).toBe(
      "new URL('../packages/cli/src/help.txt', import.meta.url)",
    );
    expect(of("new URL('../../../..', import.meta.url)").text).toBe(
      "new URL('../', import.meta.url)",
    );
    expect(of('createRequire(import.meta.url)').text).toBe(
      "createRequire(new URL('../packages/cli/src/run/house.ts', import.meta.url).href)",
    );
    expect(of("join(import.meta.dirname, 'client')").text).toContain(
      "new URL('../packages/cli/src/run', import.meta.url).pathname",
    );
  });

  it('does without the TypeScript loader', () => {
    const loader = "new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url)";
    expect(readdress('scripts/bench/peers.ts', loader)).toEqual({
      text: "new URL('./nothing.js', import.meta.url)",
      modules: [],
    });
  });

  it('leaves addresses of other bases alone', () => {
    const text = "new URL(url, 'http://reports')";
    expect(readdress('packages/report/src/serve/serve.ts', text)).toEqual({ text, modules: [] });
  });
});

it('gives sources names that are theirs alone', () => {
  expect(moduleName('suites/wider/src/suite.ts')).toBe('suites.wider.suite');
  expect(moduleName('suites/deeper/src/suite.ts')).toBe('suites.deeper.suite');
});
