/** The line of a failed command's output that says why, out of its stack traces and notices. */
export function firstError(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const thrown = lines.find((line) => /^(\w*Error|.* failed with error): /.test(line));
  const named = lines.find((line) => /\berr(or)?\b/i.test(line) && !/^npm error code/.test(line));
  return thrown?.replace(/^\w*Error: /, '') ?? named ?? 'no reason given';
}
