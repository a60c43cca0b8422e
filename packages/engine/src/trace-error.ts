/** A function that cannot be traced; the message says which kernel or read, and on which line. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

/** The first stack frame outside tfjs and this package's tracer, as `at file:line:column`. */
export function userLine(error: Error = new Error()): string {
  const frames = (error.stack ?? '').split('\n').slice(1);
  const inside =
    /node_modules|node:|\/engine\/src\/(tracing-backend|trace-error|graph|lowerings\/)/;
  const frame = frames.find((line) => !inside.test(line));
  const place = frame && /\(?([^\s()]+:\d+:\d+)\)?$/.exec(frame.trim());
  return place ? `at ${place[1]}` : 'at an unknown line';
}
