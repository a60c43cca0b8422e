import { parseArgs } from 'node:util';
import { shown, UsageError } from './usage-error.ts';

/** What followed a command's name. */
export interface Arguments {
  /** By option name without its dashes. */
  readonly options: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** What a command takes. */
export interface Accepted {
  /** Options with a value; others are refused unless `open`. */
  readonly options: readonly string[];
  /** Options without one: they read `true`. */
  readonly flags?: readonly string[];
  /** What each word is called, all of them needed. */
  readonly words?: readonly string[];
  /** One more word that may be left out. */
  readonly optional?: string;
  /** Takes options of any name; who asked checks them. */
  readonly open?: boolean;
}

/** Reads the words after a command's name; throws bad usage, one line, for whatever it does not take. */
export function readArguments(
  given: readonly string[],
  { options, flags = [], words = [], optional, open = false }: Accepted,
): Arguments {
  const known = [...options, ...flags];
  const { tokens, positionals } = parseArgs({
    args: joined(given, { flags, options, open }),
    strict: false,
    tokens: true,
    options: Object.fromEntries([
      ...options.map((name) => [name, { type: 'string' }] as const),
      ...flags.map((name) => [name, { type: 'boolean' }] as const),
    ]),
  });
  const read: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (rawName !== `--${name}` || (!open && !known.includes(name))) {
      const accepted = known.map((one) => `--${one}`).join(', ') || 'none';
      throw new UsageError(`unknown option: ${shown(rawName)} (${accepted})`);
    }
    if (Object.hasOwn(read, name))
      throw new UsageError(`option given twice: ${shown(rawName)} (once)`);
    if (flags.includes(name)) {
      if (value !== undefined) {
        throw new UsageError(`unknown value of ${rawName}: ${shown(value)} (none: it is a switch)`);
      }
      read[name] = 'true';
    } else {
      if (!value) throw new UsageError(`missing value: ${shown(rawName)} (one after it)`);
      read[name] = value;
    }
  }
  const most = optional === undefined ? words : [...words, `[${optional}]`];
  const surplus = positionals[most.length];
  if (surplus !== undefined) {
    throw new UsageError(`unknown word: ${shown(surplus)} (${most.join(' ') || 'none'})`);
  }
  const missing = words[positionals.length];
  if (missing !== undefined) throw new UsageError(`missing ${missing} (see hyperlaw --help)`);
  return { options: read, words: positionals };
}

/** `--width -3` as `--width=-3`: a value may begin with a dash, and an open option may have a value. */
function joined(
  given: readonly string[],
  { flags, options, open }: Required<Pick<Accepted, 'flags' | 'options' | 'open'>>,
): string[] {
  const out: string[] = [];
  for (let i = 0; i < given.length; i++) {
    const word = given[i] as string;
    const next = given[i + 1];
    const bare = word.startsWith('--') && word !== '--' && !word.includes('=');
    const name = word.slice(2);
    // What is no option is told of as that, and not as one without its value.
    if (!bare || flags.includes(name) || !(open || options.includes(name))) {
      out.push(word);
      continue;
    }
    if (next === undefined || next.startsWith('--')) {
      throw new UsageError(`missing value: ${shown(word)} (one after it)`);
    }
    out.push(`${word}=${next}`);
    i++;
  }
  return out;
}
