/** A function that cannot be traced; the message says which kernel or read, and on which line. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

const frames = (error: Error): string[] => (error.stack ?? '').split('\n').slice(1);

/** Frames of libraries (tfjs' by the names in its source maps too), of Node, and of what calls the traced function here. */
const INSIDE =
  /node_modules|node:|tfjs-\w+\/src\/|\/engine\/src\/(trace|tracing-backend|trace-error|traced-step|tfjs-backend|graph)\.ts|\/engine\/src\/(lowerings|devices)\//;

/** The first stack frame outside tfjs and this package's tracer, as `at file:line:column`. */
export function userLine(error: Error = new Error()): string {
  for (const frame of frames(error)) {
    // Frames of built-in functions have no place.
    const place = /\(?([^\s()]+:\d+:\d+)\)?$/.exec(frame.trim())?.[1];
    if (place && !INSIDE.test(frame)) return `at ${place}`;
  }
  return 'at an unknown line';
}

/** Frames between a tfjs function that draws numbers and the backend that stores them. */
const NEAR = 16;

/** The tfjs function that is drawing random numbers, if one is. Asked for every constant: frames are not made text. */
export function randomSource(): string | undefined {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = NEAR;
  Error.prepareStackTrace = (_, sites) => sites;
  const sites = new Error().stack as unknown as readonly NodeJS.CallSite[];
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  for (const site of sites) {
    const name = /^(rand\w*|truncatedNormal)_$/.exec(site.getFunctionName() ?? '')?.[1];
    if (name) return name;
  }
  return undefined;
}
