import { expect, it } from 'vitest';
import type { RaceResult, Standing } from '../bench/race.ts';
import { deviceLines } from './device-table.ts';
import { otherTrainings, peerLine, peerRow } from './peer-table.ts';

const standing = (best: number, lanes: number, changes: Partial<Standing> = {}): Standing => ({
  ...{ best, ratio: 1000 / best, difference: 1e-6, variant: { lanes, stepsPerCall: 4 } },
  ...changes,
});

const standings: RaceResult['standings'] = {
  hyperlaw: standing(1000, 16),
  torchBatched: standing(500, 64),
  torchCompiled: standing(800, 64, {
    variant: { lanes: 64, stepsPerCall: 4, update: 'fused', compile: 'reduce-overhead' },
  }),
  jaxHighest: standing(900, 256),
  jaxDefault: standing(2000, 256, { difference: 1e-3 }),
};
const result: RaceResult = { standings, fractionOfSgemm: 0.5, sgemm: 1e12, share: 1 };
const law = { model: 'mlp', optimizer: 'sgd', width: 32 } as const;
const row = peerRow(law, 'cuda', result);

it('names every contestant with its rate, its models, its ratio and what was fastest', () => {
  expect(row.contestants.torchCompiled).toEqual({
    ...{ modelStepsPerSecond: 800, models: 64, ratio: 1.25, difference: 1e-6 },
    chosen: { update: 'fused', compile: 'reduce-overhead' },
  });
  expect(peerLine(row).replace(/ +/g, ' ')).toBe(
    'sgd 32 1 k ×16 – 500 ×64 2.00 800 ×64 1.25 900 ×256 1.11 2 k ×256 0.50',
  );
});

it('says whose losses are not those of the same training; TF32 may be coarser', () => {
  expect(otherTrainings(row)).toEqual([]);
  const drifted = { ...standings, torchBatched: standing(500, 64, { difference: 2e-3 }) };
  expect(otherTrainings(peerRow(law, 'cuda', { ...result, standings: drifted }))).toEqual([
    "torchBatched's losses differ by 2.0e-3",
  ]);
  const lost = { ...standings, jaxDefault: standing(1, 1, { difference: Number.NaN }) };
  expect(otherTrainings(peerRow(law, 'cuda', { ...result, standings: lost }))).toHaveLength(1);
});

it('puts all devices side by side, and the best of the peers in full precision', () => {
  const rate = { flopsPerSecond: 1, bytesPerSecond: 1, shareOfFloor: 0.1, lanes: 16 };
  const rows = [
    { device: 'cpu', optimizer: 'sgd', width: 32, ...rate, modelStepsPerSecond: 100 },
    { device: 'cpu', optimizer: 'sgd', width: 32, ...rate, modelStepsPerSecond: 70 },
    { device: 'cuda', optimizer: 'sgd', width: 32, ...rate, modelStepsPerSecond: 1000 },
    { device: 'cuda', optimizer: 'sgd', width: 64, ...rate, modelStepsPerSecond: 400 },
  ] as const;
  const [, head = '', ...lines] = deviceLines(rows, [row]);
  expect(head.trim().split(/ {2,}/)).toEqual([
    ...['optimizer', 'width', 'cpu', 'cuda', 'torch, gpu', 'JAX, gpu'],
  ]);
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['sgd', '32', '100', '1 k', '800', '900'],
    ['sgd', '64', '–', '400', '–', '–'],
  ]);
  expect(deviceLines(rows.slice(0, 1), [])).toEqual([]);
});
