import { describe, expect, it } from 'vitest';
import { integer, number, oneOf, shown } from './usage-error.ts';

describe('what is offered', () => {
  it('is listed where the value is not among it', () => {
    expect(() => oneOf('profile', 'fast', ['smoke', 'standard'])).toThrow(
      'unknown profile: fast (smoke, standard)',
    );
    expect(() => oneOf('command', 'constructor', ['run'])).toThrow('unknown command: constructor');
  });
});

describe('numbers', () => {
  it.each([
    ['-3', 'unknown width: -3 (a positive integer)'],
    ['2.5', 'unknown width: 2.5 (a positive integer)'],
    ['', 'unknown width:  (a positive integer)'],
    ['NaN', 'unknown width: NaN (a positive integer)'],
    ['1e999', 'unknown width: 1e999 (a positive integer)'],
  ])('refuses %j as a width', (value, line) => {
    expect(() => integer('width', value, 1)).toThrow(line);
  });

  it('says the range there is', () => {
    expect(() => integer('port', '70000', 0, 65535)).toThrow('(an integer from 0 to 65535)');
    expect(() => number('rate', 'fast')).toThrow('unknown rate: fast (a number)');
    expect(number('rate', '1e-3')).toBe(0.001);
  });
});

describe('shown', () => {
  it('is one short line, whatever was typed', () => {
    expect(shown('a\nb\u001b[31mc')).toBe('a b [31mc');
    expect(shown('x'.repeat(500))).toHaveLength(80);
  });
});
