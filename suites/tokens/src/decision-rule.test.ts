import type { VerdictWord } from '@hyperlaw/report';
import { describe, expect, it } from 'vitest';
import {
  agreed,
  CONFIDENCE,
  decide,
  exponentWord,
  lineThrough,
  together,
} from './decision-rule.ts';
import { onePassShare } from './prediction.ts';
import { difficulties } from './sources.ts';
import { foundOn, madeUpFound, plantedLaw } from './testing/made-up-scaling.ts';
import { normalSource, uniformSource } from './testing/random.ts';

const all = difficulties.standard;
const optimum = (difficulty: number) => ({
  budget: 3e7,
  parameters: 1500 * Math.exp(-0.4 * difficulty),
});
const follows = all.map((difficulty) => ({
  difficulty,
  law: plantedLaw(
    { share: onePassShare(difficulty), alpha: difficulty * 0.7 + 0.15 },
    optimum(difficulty),
  ),
}));
const stays = all.map((difficulty) => ({
  difficulty,
  law: plantedLaw({ share: 0.5, alpha: difficulty * 0.5 + 0.15 }, optimum(0.7)),
}));
const words = (
  plants: typeof follows,
  { noise, runs }: { readonly noise: number; readonly runs: number },
) =>
  Array.from({ length: runs }, (_, run) => {
    const [normal, random] = [normalSource(100 + run), uniformSource(200 + run)];
    return decide(foundOn(plants, { normal, random, noise, resamples: 40 }));
  });

describe('what the rule says of losses made up from planted laws', () => {
  it('supports the prediction where it is planted', () => {
    const [clean] = words(follows, { noise: 1e-4, runs: 1 });
    // An envelope of nine sizes is a staircase: it may leave its exponents too coarse to decide.
    expect(clean?.words).toMatchObject({ isoflop: 'supported', parametric: 'supported' });
    expect(clean?.verdict).toBe('supported');
    // Approach 3 fits the law that is planted; parabolas are a little off.
    expect(clean?.lines.parametric?.slope).toBeCloseTo(1, 2);
    expect(Math.abs((clean?.lines.isoflop?.slope ?? 0) - 1)).toBeLessThan(0.3);
    const found = words(follows, { noise: 0.01, runs: 10 }).map(({ verdict }) => verdict);
    expect(found.filter((word) => word === 'supported').length).toBeGreaterThanOrEqual(7);
    expect(found).not.toContain('refuted');
  });

  it('calls nothing moved what moves by less than an approach is biased', () => {
    const [clean] = words(stays, { noise: 1e-4, runs: 1 });
    expect(clean?.words).toMatchObject({ isoflop: 'refuted', parametric: 'refuted' });
    expect(clean?.ratio).toBe('inconclusive');
    expect(clean?.verdict).toBe('refuted');
  });

  it('refutes it where tokens are proportional to parameters whatever the difficulty', () => {
    const decisions = words(stays, { noise: 0.004, runs: 10 });
    const exponents = decisions.map(({ exponent }) => exponent);
    expect(exponents.filter((word) => word === 'refuted').length).toBeGreaterThanOrEqual(7);
    expect(decisions.map(({ verdict }) => verdict)).not.toContain('supported');
  });
});

describe('where difficulty moves nothing', () => {
  const runs = 2000;
  // Three binomial standard errors above the level; one side of the interval is what errs.
  const most = (level: number) => level + 3 * Math.sqrt((level * (1 - level)) / runs);

  it.each([
    ['small noise', 0.01, 0.5],
    ['large noise', 0.08, 0.5],
    ['approaches that share their noise', 0.03, 0],
    ['approaches that do not', 0.03, 1],
  ])('supports the prediction no more often than the level: %s', (_, deviation, apart) => {
    const normal = normalSource(7);
    const flat = () => ({ exponent: 0.42, logRatio: 3 });
    let errs = 0;
    let halves = 0;
    for (let run = 0; run < runs; run++) {
      const { verdict, exponent } = decide(madeUpFound(all, flat, { normal, deviation, apart }));
      if (verdict === 'supported') errs++;
      if (exponent === 'supported' || exponent === 'mixed') halves++;
    }
    expect(errs / runs).toBeLessThanOrEqual(most((1 - CONFIDENCE) / 2));
    expect(halves / runs).toBeLessThanOrEqual(most(1 - CONFIDENCE));
  });

  it('refutes the prediction no more often than the level where it holds', () => {
    const normal = normalSource(8);
    const holds = (a: number) => ({ exponent: onePassShare(a), logRatio: 2 + a });
    let errs = 0;
    for (let run = 0; run < runs; run++) {
      const { verdict } = decide(madeUpFound(all, holds, { normal, deviation: 0.02 }));
      if (verdict === 'refuted' || verdict === 'mixed') errs++;
    }
    // Either side of the interval of 95 % may miss 1, and approaches are three.
    expect(errs / runs).toBeLessThanOrEqual(most(2 * (1 - CONFIDENCE)));
  });
});

describe('what cannot be fitted', () => {
  it('leaves the rule without a line, and undecided', () => {
    const holds = (a: number) => ({ exponent: onePassShare(a), logRatio: 2 + a });
    const found = madeUpFound(all, holds, { normal: () => 0, deviation: 1e-3 }).map((each, i) =>
      i < 2
        ? each
        : {
            ...each,
            scaling: {
              exponents: { envelope: null, isoflop: null, parametric: null },
              logRatio: null,
            },
          },
    );
    const { verdict, lines } = decide(found);
    expect(verdict).toBe('inconclusive');
    expect(lines).toEqual({ envelope: null, isoflop: null, parametric: null });
  });
});

describe('parts of the rule', () => {
  it('take the word of two approaches unless the third says the opposite', () => {
    const word = (...three: VerdictWord[]) => agreed(three);
    expect(word('supported', 'supported', 'inconclusive')).toBe('supported');
    expect(word('supported', 'supported', 'refuted')).toBe('mixed');
    expect(word('supported', 'inconclusive', 'mixed')).toBe('inconclusive');
    expect(word('refuted', 'refuted', 'mixed')).toBe('refuted');
  });

  it('need both halves for the prediction', () => {
    expect(together('supported', 'supported')).toBe('supported');
    expect(together('supported', 'inconclusive')).toBe('inconclusive');
    expect(together('refuted', 'inconclusive')).toBe('refuted');
    expect(together('refuted', 'supported')).toBe('mixed');
    expect(together('mixed', 'inconclusive')).toBe('mixed');
  });

  it('read a slope by its interval', () => {
    const word = (low: number, high: number) =>
      exponentWord({ slope: (low + high) / 2, interval: [low, high], offset: 0, points: 6 });
    expect(word(0.1, 1.8)).toBe('supported');
    expect(word(0.3, 0.8)).toBe('supported');
    expect(word(1.1, 1.2)).toBe('supported');
    expect(word(0.2, 0.6)).toBe('mixed');
    expect(word(1.3, 2)).toBe('mixed');
    expect(word(-0.3, 0.6)).toBe('refuted');
    expect(word(0.01, 0.2)).toBe('refuted');
    expect(word(-0.3, 1.2)).toBe('inconclusive');
  });

  it('draw a line whose interval is the wider of scatter and carried noise', () => {
    const at = (x: number, estimate: number, reach: number) => ({
      ...{ x, estimate, interval: [estimate - reach, estimate + reach] as const },
    });
    const exact = lineThrough([at(0, 0, 0), at(1, 1, 0), at(2, 2, 0)]);
    expect(exact?.slope).toBeCloseTo(1, 12);
    expect(exact?.interval[1]).toBeCloseTo(1, 6);
    // Errors of 1 at both ends: the slope's deviation is 1/√2, and t of one degree is 12.7.
    const noisy = lineThrough([at(0, 0, 1.96), at(1, 1, 1.96), at(2, 2, 1.96)]);
    expect(noisy?.interval[1]).toBeCloseTo(1 + 12.7062 / Math.SQRT2, 3);
    expect(lineThrough([at(0, 0, 1), at(1, 1, 1)])).toBeNull();
  });
});
