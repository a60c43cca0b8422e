import { describe, expect, it } from 'vitest';
import { lockfileFaults } from './lockfile-faults.ts';

const optional = {
  optionalDependencies: { '@turbo/darwin-arm64': '2.11.9', '@turbo/linux-64': '1' },
};

describe('lockfileFaults', () => {
  it('finds platforms that were left out', () => {
    const packages = { 'node_modules/turbo': optional, 'node_modules/@turbo/linux-64': {} };
    expect(lockfileFaults({ packages })).toEqual([
      'node_modules/turbo names @turbo/darwin-arm64, which has no entry',
    ]);
  });

  it('looks beside, below and above, as node does', () => {
    const packages = {
      'packages/engine/node_modules/turbo': optional,
      'packages/engine/node_modules/turbo/node_modules/@turbo/linux-64': {},
      'node_modules/@turbo/darwin-arm64': {},
    };
    expect(lockfileFaults({ packages })).toEqual([]);
  });

  it('refuses hosts, and leaves links of workspaces alone', () => {
    const packages = {
      'node_modules/@hyperlaw/cli': { resolved: 'packages/cli', link: true },
      'node_modules/tsx': { resolved: 'https://registry.example/tsx.tgz' },
    };
    expect(lockfileFaults({ packages })).toEqual([
      'node_modules/tsx is tied to the host of https://registry.example/tsx.tgz',
    ]);
  });

  it('refuses what is not a lockfile', () => {
    expect(lockfileFaults({})).toEqual(['no packages (a lockfile of version 3)']);
  });
});
