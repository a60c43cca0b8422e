import type { Arm } from '../arm.ts';
import { hashOf } from '../canonical-json.ts';
import type { JournalFormat, JournalOptions } from '../keyed-journal.ts';
import { isKey, openJournalOf, readJournalOf } from '../keyed-journal.ts';
import type { Protocol } from '../protocol.ts';

/** Seeds beyond the protocol's that arms were judged on: with them an outcome is a function of the journal again. */
export interface Grants {
  /** Seeds that an arm is judged on. */
  seedsOf(arm: Arm): number;
  /** Grants an arm seeds, whose trials must be in the journal by now: until then nothing depends on them. */
  grant(arm: Arm, seeds: number): void;
  close(): void;
}

interface Grant {
  /** SHA-256 of the rest. */
  readonly key: string;
  readonly name: string;
  /** SHA-256 of the arm and of how it is tuned. */
  readonly arm: string;
  readonly seeds: number;
}

const format: JournalFormat<Grant, null> = {
  what: 'grants',
  parse: (value) => (isGrant(value) ? value : null),
  held: () => null,
};

/** Opens the grants in a folder of results for one protocol. */
export function openGrants(
  options: JournalOptions,
  { protocol, semantics }: { readonly protocol: Protocol; readonly semantics: string | number },
): Grants {
  const { judgeSeeds, borrow, ...alone } = protocol;
  // Grants of arms that borrow nothing go by what they went by before arms could borrow.
  const tuning = borrow ? { ...alone, borrow } : alone;
  const granted = new Map<string, number>();
  const take = ({ arm, seeds }: Pick<Grant, 'arm' | 'seeds'>) =>
    granted.set(arm, Math.max(seeds, granted.get(arm) ?? 0));
  for (const grant of readJournalOf(format, options)) take(grant);
  const journal = openJournalOf(format, { folder: options.folder });
  const keyOf = (arm: Arm) => hashOf({ semantics, arm, tuning });
  return {
    seedsOf: (arm) => Math.max(judgeSeeds, granted.get(keyOf(arm)) ?? 0),
    grant(arm, seeds) {
      const grant = { name: arm.name, arm: keyOf(arm), seeds };
      journal.append({ key: hashOf(grant), ...grant });
      take(grant);
    },
    close: () => journal.close(),
  };
}

function isGrant(value: unknown): value is Grant {
  if (typeof value !== 'object' || value === null) return false;
  const { key, name, arm, seeds } = value as Partial<Record<keyof Grant, unknown>>;
  return isKey(key) && typeof name === 'string' && isKey(arm) && Number.isInteger(seeds);
}
