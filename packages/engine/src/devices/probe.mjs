// Starts one of ONNX Runtime's providers in a process of its own, since a driver may end the process in which it
// fails. Reads a model with the input `a` from standard input; answers the milliseconds of a run, or the error.
import { InferenceSession, Tensor } from 'onnxruntime-node';

const [provider, extent] = process.argv.slice(2);
const size = Number(extent);
const PATIENCE_MILLISECONDS = 200;

async function milliseconds() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const session = await InferenceSession.create(Buffer.concat(chunks), {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  const a = new Tensor('float32', new Float32Array(size * size).fill(1 / size), [size, size]);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5 && !(best > PATIENCE_MILLISECONDS && i > 1); i++) {
    const start = performance.now();
    await session.run({ a });
    // The first run compiles shaders.
    if (i > 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

const answer = await milliseconds().then(
  (value) => ({ milliseconds: value }),
  (error) => ({ error: String(error?.message ?? error) }),
);
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));
