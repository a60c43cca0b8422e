import { linearRegression } from 'simple-statistics';
import { normalCumulative } from './distributions.ts';
import { meanInterval } from './mean.ts';
import { studentTest, type Tested } from './paired.ts';

function checkRows(rows: readonly (readonly number[])[], arms: number): void {
  for (const row of rows) {
    if (row.length !== arms || !row.every(Number.isFinite)) {
      throw new Error(`unusable row: [${row.join(', ')}] (${arms} finite numbers, one an arm)`);
    }
  }
}

/**
 * The mean slope of rows over x with Student's t interval and test: each row holds one seed's values at all
 * arms, `[seed, arm]`, so that what a seed shifts in common cancels. With x = log2 width and log2 losses the
 * slope is the change of log2 loss per doubling of width.
 */
export function slopeTrend(
  x: readonly number[],
  rows: readonly (readonly number[])[],
  { level = 0.95 }: { readonly level?: number } = {},
): Tested {
  checkRows(rows, x.length);
  if (x.length < 2) throw new Error(`too few arms: ${x.length} (2 or more)`);
  const slopes = rows.map((row) => linearRegression(row.map((y, arm) => [x[arm] as number, y])).m);
  return {
    ...meanInterval(slopes, { level }),
    pValue: studentTest(slopes),
    test: 'paired slope t test',
  };
}

/** Midranks 1…k of a row. */
function ranks(row: readonly number[]): number[] {
  return row.map((value) => {
    const below = row.filter((other) => other < value).length;
    const equal = row.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Distribution of 2·Σ arm·rank over all orders of one row's ranks, by dynamic programming over subsets. */
function rowDistribution(rowRanks: readonly number[]): Map<number, number> {
  const arms = rowRanks.length;
  const ways: Map<number, number>[] = Array.from({ length: 2 ** arms }, () => new Map());
  ways[0]?.set(0, 1);
  for (let used = 0; used < 2 ** arms; used++) {
    const arm = used.toString(2).replaceAll('0', '').length + 1;
    for (let pick = 0; pick < arms; pick++) {
      if ((used >> pick) & 1) continue;
      const target = ways[used | (1 << pick)] as Map<number, number>;
      const gain = 2 * arm * (rowRanks[pick] as number);
      for (const [sum, share] of ways[used] as Map<number, number>) {
        target.set(sum + gain, (target.get(sum + gain) ?? 0) + share / (arms + 1 - arm));
      }
    }
    if (used < 2 ** arms - 1) (ways[used] as Map<number, number>).clear();
  }
  return ways[2 ** arms - 1] as Map<number, number>;
}

/** Page's test of a monotone trend over ordered arms. */
export interface PageTrend {
  /** L = Σ arm × rank sum of the arm, arms numbered from 1. */
  readonly statistic: number;
  /** P(L or more): small where values rise over the arms. */
  readonly increasing: number;
  /** P(L or less): small where values fall over the arms. */
  readonly decreasing: number;
  /** Two-sided: twice the smaller of the two, at most 1. */
  readonly pValue: number;
}

/**
 * Page's (1963) test that values rise or fall over ordered arms, rows `[seed, arm]`: exact given the ties up
 * to ten arms, its normal approximation beyond.
 */
export function pageTrend(rows: readonly (readonly number[])[]): PageTrend {
  const arms = rows[0]?.length ?? 0;
  if (arms < 2) throw new Error(`too few arms: ${arms} (2 or more)`);
  checkRows(rows, arms);
  const ranked = rows.map(ranks);
  const score = (row: readonly number[]): number => row.reduce((s, r, i) => s + (i + 1) * r, 0);
  const statistic = ranked.reduce((sum, row) => sum + score(row), 0);
  const [increasing, decreasing] =
    arms <= 10 ? exactTails(ranked, statistic) : normalTails(ranked, statistic);
  return {
    statistic,
    increasing,
    decreasing,
    pValue: Math.min(1, 2 * Math.min(increasing, decreasing)),
  };
}

function exactTails(ranked: readonly (readonly number[])[], statistic: number): [number, number] {
  const known = new Map<string, Map<number, number>>();
  let total = new Map([[0, 1]]);
  for (const row of ranked) {
    const key = [...row].sort((a, b) => a - b).join();
    const one = known.get(key) ?? rowDistribution(row);
    known.set(key, one);
    const next = new Map<number, number>();
    for (const [a, p] of total)
      for (const [b, q] of one) next.set(a + b, (next.get(a + b) ?? 0) + p * q);
    total = next;
  }
  let [atLeast, atMost] = [0, 0];
  for (const [sum, share] of total) {
    if (sum >= 2 * statistic) atLeast += share;
    if (sum <= 2 * statistic) atMost += share;
  }
  return [Math.min(1, atLeast), Math.min(1, atMost)];
}

function normalTails(ranked: readonly (readonly number[])[], statistic: number): [number, number] {
  const arms = ranked[0]?.length ?? 0;
  const centre = (ranked.length * arms * (arms + 1) ** 2) / 4;
  const armSpread = (arms * (arms * arms - 1)) / 12;
  const variance = ranked.reduce((sum, row) => {
    const rankSpread = row.reduce((s, r) => s + (r - (arms + 1) / 2) ** 2, 0);
    return sum + (armSpread * rankSpread) / (arms - 1);
  }, 0);
  if (variance === 0) return [1, 1];
  const upper = (statistic - 0.5 - centre) / Math.sqrt(variance);
  const lower = (statistic + 0.5 - centre) / Math.sqrt(variance);
  return [1 - normalCumulative(upper), normalCumulative(lower)];
}
