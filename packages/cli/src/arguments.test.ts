import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

const accepted = { options: ['width', 'base-width'], flags: ['bias'], words: ['suite'] };

describe('readArguments', () => {
  it('reads options in either form, before and after words', () => {
    const one = readArguments(['--width', '8', 'wider', '--base-width=4', '--bias'], accepted);
    expect(one).toEqual({
      options: { width: '8', 'base-width': '4', bias: 'true' },
      words: ['wider'],
    });
  });

  it('takes a value that begins with a dash as a value', () => {
    expect(readArguments(['--width', '-3', 'wider'], accepted).options.width).toBe('-3');
  });

  it('does not take a word after a switch for its value', () => {
    expect(readArguments(['--bias', 'wider'], accepted).words).toEqual(['wider']);
  });

  it('takes options of any name where open', () => {
    const { options } = readArguments(['--beta1', '0.5', '--learning-rate/hidden', '2'], {
      options: [],
      open: true,
    });
    expect(options).toEqual({ beta1: '0.5', 'learning-rate/hidden': '2' });
  });

  it('takes a name that every object has for one like any other', () => {
    const { options } = readArguments(['--constructor', '3'], { options: [], open: true });
    expect(options.constructor).toBe('3');
  });

  it.each([
    [['wider', '--width='], 'missing value: --width (one after it)'],
    [['wider', '--width', ''], 'missing value: --width (one after it)'],
    [['wider', '--widht', '3'], 'unknown option: --widht (--width, --base-width, --bias)'],
    [['wider', '--bia'], 'unknown option: --bia (--width, --base-width, --bias)'],
    [['wider', '-w'], 'unknown option: -w (--width, --base-width, --bias)'],
    [['wider', '--width'], 'missing value: --width (one after it)'],
    [['wider', '--width', '--bias'], 'missing value: --width (one after it)'],
    [['wider', '--bias=no'], 'unknown value of --bias: no (none: it is a switch)'],
    [['wider', '--width=1', '--width=2'], 'option given twice: --width (once)'],
    [['wider', 'deeper'], 'unknown word: deeper (suite)'],
    [[], 'missing suite (see hyperlaw --help)'],
  ])('refuses %j in one line', (given, line) => {
    const attempt = () => readArguments(given, accepted);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(line);
  });
});
