import { describe, expect, it } from 'vitest';
import { errorLine } from './start.ts';
import { runCommand } from './testing/run-command.ts';
import { repository } from './testing/temporary-house.ts';

const cwd = repository;

describe('the command', () => {
  it.each([[['--help']], [[]], [['run', '--help']]])('gives help for %j', async (words) => {
    const { code, stdout, stderr } = await runCommand(words, { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('hyperlaw run <suite>');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('ends bad usage with exit code 2 and one line, and shows where only when asked to', async () => {
    const words = ['describe', '--width', '-3'];
    const line = 'unknown width: -3 (a positive integer)\n';
    expect(await runCommand(words, { cwd })).toEqual({ code: 2, stdout: '', stderr: line });
    const { stderr } = await runCommand(words, { cwd, env: { HYPERLAW_DEBUG: '1' } });
    expect(stderr.startsWith(line)).toBe(true);
    expect(stderr).toContain('    at ');
  });
});

describe('errorLine', () => {
  it('is one line, whatever was thrown', () => {
    expect(errorLine(new Error('two\n  lines'))).toBe('two; lines');
    expect(errorLine(new Error('1 error:\n  a line'))).toBe('1 error: a line');
    expect(errorLine(new TypeError(''))).toBe('TypeError');
    expect(errorLine('a \u001b[31mred\u001b[0m word')).toBe('a  [31mred [0m word');
  });
});
