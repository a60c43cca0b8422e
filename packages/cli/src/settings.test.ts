import { describe, expect, it } from 'vitest';
import { settingsOf, workersFor } from './settings.ts';

const world = { env: {}, cwd: '/somewhere', home: '/home/theorist' };

describe('settingsOf', () => {
  it('prefers options to the environment, and that to the defaults', () => {
    const env = { HYPERLAW_PROFILE: 'full', HYPERLAW_DEVICE: 'cpu', HYPERLAW_WORKERS: '3' };
    expect(settingsOf({ profile: 'smoke' }, { ...world, env })).toMatchObject({
      profile: 'smoke',
      device: 'cpu',
      workers: 3,
      offline: false,
    });
    expect(settingsOf({}, world)).toMatchObject({
      profile: 'standard',
      device: 'auto',
      workers: null,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(settingsOf({}, { ...world, env: { HYPERLAW_PROFILE: '' } }).profile).toBe('standard');
  });

  it('reads a data folder relative to where it was typed', () => {
    expect(settingsOf({ data: 'sets' }, world).data).toBe('/somewhere/sets');
    expect(settingsOf({}, { ...world, env: { HYPERLAW_DATA: '/data' } }).data).toBe('/data');
  });

  it('does not take a word for yes that it does not know', () => {
    const env = { HYPERLAW_OFFLINE: 'true' };
    expect(() => settingsOf({}, { ...world, env })).toThrow(
      'unknown HYPERLAW_OFFLINE: true (0, 1)',
    );
  });

  it.each([
    [{ profile: 'fast' }, 'unknown profile: fast (smoke, standard, full)'],
    [{ device: 'tpu' }, 'unknown device: tpu (auto, cpu, webgpu, cuda, tensorflow)'],
    [{ workers: '0' }, 'unknown number of workers: 0 (an integer from 1 to 64)'],
    [{ workers: '65' }, 'unknown number of workers: 65 (an integer from 1 to 64)'],
    [{ workers: 'many' }, 'unknown number of workers: many (an integer from 1 to 64)'],
  ])('refuses %j', (options, line) => {
    expect(() => settingsOf(options, world)).toThrow(line);
  });
});

describe('workers', () => {
  it('are one a core on the processor, and one on a device that is parallel itself', () => {
    expect(workersFor('cpu', null)).toBeGreaterThan(0);
    expect(workersFor('cpu', 7)).toBe(7);
    expect(workersFor('webgpu', null)).toBe(1);
    expect(() => workersFor('webgpu', 2)).toThrow('unknown number of workers: 2 (1 on webgpu)');
  });
});
