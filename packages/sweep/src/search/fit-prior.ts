import type { GaussianProcess, Observed } from './gaussian-process.ts';
import { gaussianProcess } from './gaussian-process.ts';
import type { Prior } from './kernel.ts';

/** Log-normal beliefs about a prior's numbers, of values with unit spread: median and spread of the logarithm. */
const BELIEFS = {
  signal: { median: 1, spread: 1 },
  // Half the cube: smooth enough to learn from few values, as in Hvarfner et al. 2024 (2402.02229).
  length: { median: 0.5, spread: 0.8 },
  nugget: { median: 0.3, spread: 1 },
} as const;

/** Steps of the pattern search, in the logarithm of a number. */
const STEPS = [1, 0.5, 0.25];

/**
 * The Gaussian process of the most probable prior, given observations: a maximum of the posterior of signal, lengths and
 * nugget by a pattern search from their medians. What all places have in common is as large as the values' spread.
 */
export function fitProcess(observed: readonly Observed[]): GaussianProcess {
  const axes = observed[0]?.place.length ?? 0;
  const scale = spreadOf(observed.map(({ value }) => value));
  const priorOf = (logs: readonly number[]): Prior => ({
    common: scale,
    signal: scale * Math.exp(logs[0]!),
    nugget: scale * Math.exp(logs[1]!),
    lengths: logs.slice(2).map(Math.exp),
  });
  const beliefs = [
    BELIEFS.signal,
    BELIEFS.nugget,
    ...Array.from({ length: axes }, () => BELIEFS.length),
  ];
  const fit = (logs: readonly number[]) => {
    const process = gaussianProcess(priorOf(logs), observed);
    const doubt = logs.reduce((sum, log, k) => {
      const { median, spread } = beliefs[k]!;
      return sum + 0.5 * ((log - Math.log(median)) / spread) ** 2;
    }, 0);
    return { logs, process, score: process.logLikelihood - doubt };
  };
  let best = fit(beliefs.map(({ median }) => Math.log(median)));
  for (const step of STEPS) {
    for (let before = -Infinity; best.score > before + 1e-3; ) {
      before = best.score;
      for (let k = 0; k < beliefs.length; k++) {
        for (const by of [-step, step]) {
          const tried = fit(best.logs.map((log, i) => (i === k ? log + by : log)));
          if (tried.score > best.score) best = tried;
        }
      }
    }
  }
  return best.process;
}

/** Root mean square of values, 1 where all are zero. */
function spreadOf(values: readonly number[]): number {
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return square > 0 ? Math.sqrt(square) : 1;
}
