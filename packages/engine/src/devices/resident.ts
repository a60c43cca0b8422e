import type { Tensor } from 'onnxruntime-node';
import type { Value } from '../graph.ts';
import { GraphBuilder } from '../graph.ts';
import { concat } from '../lowerings/joining.ts';
import { reshape } from '../lowerings/shape.ts';
import { functionModel } from '../onnx/models.ts';
import type { Arrays, Specs } from '../tensor-spec.ts';
import { setRow } from './rows.ts';
import type { OrtTensors, Session, SessionSettings } from './session.ts';
import { hostArrays, openSession } from './session.ts';

/** Frees tensors on the device. */
export function discard(tensors: OrtTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

const nothing: Session = { run: async () => ({}), release: async () => {} };

const moved = (name: string) => `${name}:moved`;

/**
 * A session that copies tensors to the device (`resident`) or to the host, since reading a tensor on the device
 * directly ends the process in ONNX Runtime 1.30.
 */
export async function transfer(
  specs: Specs,
  settings: SessionSettings,
  options?: { readonly resident: boolean },
): Promise<Session> {
  const names = Object.keys(specs);
  if (names.length === 0) return nothing;
  const graph = new GraphBuilder();
  const outputs = Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      moved(name),
      graph.input(name, shape, dtype),
    ]),
  );
  const session = await openSession(
    functionModel(specs, outputs, settings.target),
    settings,
    options,
  );
  return {
    async run(feeds) {
      const results = await session.run(feeds);
      return Object.fromEntries(names.map((name) => [name, results[moved(name)] as Tensor]));
    },
    release: () => session.release(),
  };
}

/** Brings what steps report to the host. */
export interface Gatherer {
  /** Steps brought over at once: waiting for the device costs as much as several steps. */
  readonly size: number;
  /** Writes the reports of up to `size` steps into columns, from row `first` on. */
  take(reports: readonly OrtTensors[], columns: Arrays, first: number): Promise<void>;
  release(): Promise<void>;
}

const GATHERED = 16;

/** A gatherer for reports of given specs, by the names under which steps make them. */
export async function gatherer(specs: Specs, settings: SessionSettings): Promise<Gatherer> {
  const names = Object.keys(specs);
  const many = await stacker(specs, settings, GATHERED);
  const one = await stacker(specs, settings, 1).catch(async (error) => {
    await many.release();
    throw error;
  });
  const write = async (
    stack: Session,
    reports: readonly OrtTensors[],
    columns: Arrays,
    first: number,
  ) => {
    const feeds = reports.flatMap((report, i) =>
      names.map((name) => [at(name, i), report[name] as Tensor] as const),
    );
    const results = await stack.run(Object.fromEntries(feeds));
    setRow(columns, hostArrays(results, names), first, reports.length);
  };
  return {
    size: GATHERED,
    async take(reports, columns, first) {
      if (reports.length === GATHERED) return write(many, reports, columns, first);
      for (const [i, report] of reports.entries()) await write(one, [report], columns, first + i);
    },
    async release() {
      await Promise.all([many.release(), one.release()]);
    },
  };
}

const at = (name: string, i: number) => `${name}#${i}`;

/** A session that stacks the tensors of several steps and answers on the host. */
async function stacker(specs: Specs, settings: SessionSettings, steps: number): Promise<Session> {
  if (Object.keys(specs).length === 0) return nothing;
  const graph = new GraphBuilder();
  const inputs: Record<string, Specs[string]> = {};
  const outputs: Record<string, Value> = {};
  for (const [name, { shape, dtype }] of Object.entries(specs)) {
    const rows = Array.from({ length: steps }, (_, i) => {
      inputs[at(name, i)] = { shape, dtype };
      return reshape(graph, graph.input(at(name, i), shape, dtype), [1, ...shape]);
    });
    outputs[name] = concat(graph, rows, 0);
  }
  return openSession(functionModel(inputs, outputs, settings.target), settings);
}
