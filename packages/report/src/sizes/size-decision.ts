import type { Claim, VerdictWord } from '../verdict.ts';
import { sizeClaims } from './size-claims.ts';
import type { SizeEffect } from './size-effect.ts';
import { sizeEffect } from './size-effect.ts';
import type { SizeSample } from './size-sample.ts';
import { sampleClaims, sizeSample } from './size-sample.ts';
import type { SizeWords } from './size-words.ts';
import type { SizedLosses } from './sized-losses.ts';

/** What a rule about a size comes to. */
export interface SizeDecision {
  readonly verdict: VerdictWord;
  /** One a named task, then those of the random sample. */
  readonly claims: readonly Claim[];
  readonly effects: readonly SizeEffect[];
  readonly sample: SizeSample | null;
}

/**
 * Whether larger is better, from losses by size and seed and nothing else. Named tasks have a claim each (see
 * `sizeClaims`), random ones one together (see `sampleClaims`). The verdict is
 * - `supported` where the random sample's claim is, at least half of the named tasks' are, and no task's is refuted
 *   or mixed;
 * - `refuted` where the sample's claim is and no named task's is supported, or where no claim is supported and more
 *   than half of the named tasks' are refuted;
 * - `mixed` where a claim is mixed, or some are supported and others refuted;
 * - `inconclusive` otherwise.
 */
export function decideSize(
  named: readonly SizedLosses[],
  random: readonly SizedLosses[],
  words: SizeWords,
): SizeDecision {
  const effects = named.map((task) => sizeEffect(task));
  const sample = random.length > 0 ? sizeSample(random, words) : null;
  const tasks = sizeClaims(effects, words);
  const across = sample ? sampleClaims(sample, words) : [];
  return {
    verdict: overall(
      tasks.map(({ verdict }) => verdict),
      across[0]?.verdict ?? 'inconclusive',
    ),
    claims: [...tasks, ...across],
    effects,
    sample,
  };
}

function overall(tasks: readonly VerdictWord[], sample: VerdictWord): VerdictWord {
  const count = (word: VerdictWord) => tasks.filter((verdict) => verdict === word).length;
  const [better, worse, mixed] = [count('supported'), count('refuted'), count('mixed')];
  if (sample === 'supported' && 2 * better >= tasks.length && worse + mixed === 0) {
    return 'supported';
  }
  if (better === 0 && mixed === 0) {
    const most = 2 * worse > tasks.length && sample !== 'supported';
    if (sample === 'refuted' || most) return 'refuted';
  }
  const forIt = better > 0 || sample === 'supported';
  const againstIt = worse > 0 || sample === 'refuted';
  return mixed > 0 || (forIt && againstIt) ? 'mixed' : 'inconclusive';
}
