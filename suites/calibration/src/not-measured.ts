import type { Claim, Figure } from '@hyperlaw/report';
import { type Finding, NotMeasured } from './law.ts';

/** A claim that could not be made, with the reason. */
export function notMeasured(
  name: string,
  reason: string,
  { predicted = '–', task = null }: Partial<Pick<Claim, 'predicted' | 'task'>> = {},
): Claim {
  return {
    ...{ name, task, predicted, verdict: 'inconclusive', effect: null, interval: null },
    ...{ test: 'not measured', pValue: null, note: reason },
  };
}

export const isMeasured = ({ test }: Pick<Claim, 'test'>): boolean => test !== 'not measured';

/** What `measure` gives, or what `otherwise` makes of the reason why it could not be measured. */
export function measuredOr<T, Other>(measure: () => T, otherwise: (reason: string) => Other) {
  try {
    return measure();
  } catch (error) {
    if (error instanceof NotMeasured) return otherwise(error.message);
    throw error;
  }
}

/** Claims and figures that rest on the same experiments. */
export type Part = Omit<Finding, 'text'>;

/** A part of a law: where it cannot be measured one claim that says so, while the law's other parts stay. */
export function part(name: string, measure: () => Part): Part {
  return measuredOr(measure, (reason) => ({ claims: [notMeasured(name, reason)], figures: [] }));
}

/** What could be read of many, and a claim for each of the rest. */
export interface Readings<T> {
  readonly found: readonly T[];
  readonly missing: readonly Claim[];
}

/** Reads each of many things on its own, so that one that cannot be measured takes no other along. */
export function readEach<Input, T>(
  inputs: readonly Input[],
  nameOf: (input: Input) => string,
  read: (input: Input) => T,
): Readings<T> {
  const found: T[] = [];
  const missing: Claim[] = [];
  for (const input of inputs) {
    measuredOr(
      () => void found.push(read(input)),
      (reason) => void missing.push(notMeasured(nameOf(input), reason)),
    );
  }
  return { found, missing };
}

/** A figure where it can be drawn: claims say what could not be measured. */
export const drawn = (draw: () => Figure): readonly Figure[] =>
  measuredOr(
    () => [draw()],
    () => [],
  );

/** A law's finding from its parts, in order. */
export function findingOfParts(parts: readonly Part[], text: Finding['text']): Finding {
  return {
    claims: parts.flatMap(({ claims }) => claims),
    figures: parts.flatMap(({ figures }) => figures),
    text,
  };
}
