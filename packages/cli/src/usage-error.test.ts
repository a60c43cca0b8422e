import { describe, expect, it } from 'vitest';
import { duration, integer, number, oneOf, shown } from './usage-error.ts';

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

describe('a time', () => {
  it('is hours, minutes and seconds, in seconds', () => {
    expect(['2h', '90m', '1h30m', '45s', '1h1s'].map((one) => duration('budget', one))).toEqual([
      7200, 5400, 5400, 45, 3601,
    ]);
  });
  it('is at most what a timer runs', () => {
    // Node takes a longer delay for one millisecond.
    expect(1000 * duration('budget', '576h')).toBeLessThan(2 ** 31);
    for (const long of ['576h1s', '601h', `${'9'.repeat(400)}h`]) {
      expect(() => duration('budget', long)).toThrow('(at most 576h)');
    }
  });
  it.each(['', '0h', '2', 'h', '2d', '-1h', '1.5h'])('is not %j', (value) => {
    expect(() => duration('budget', value)).toThrow('unknown budget: ');
  });
});
