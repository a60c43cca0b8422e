import type { UpdateGroup } from '../fusion/plan-update.ts';
import { isWorthFusing, planUpdate } from '../fusion/plan-update.ts';
import { traceStep } from '../traced-step.ts';
import type { LoopProgram, LoopSpec } from './device.ts';
import { fusedProgram } from './fused-program.ts';
import { loopProgram } from './loop-program.ts';
import type { SessionSettings } from './session.ts';

/**
 * Compiles a loop where its state lies in the processor's memory: into one ONNX `Loop`, or, where `fuses` says so, into a
 * graph of the gradients and a fused kernel of the updates. Both give the same bits.
 */
export async function hostProgram(
  spec: LoopSpec,
  settings: SessionSettings,
  { fuses = isWorthFusing }: { readonly fuses?: (updates: readonly UpdateGroup[]) => boolean } = {},
): Promise<LoopProgram> {
  const parts = traceStep(spec);
  const updates = settings.target === 'cpu' ? planUpdate(parts) : [];
  const fused = fuses(updates) ? await fusedProgram(spec, parts, updates, settings) : null;
  return fused ?? loopProgram(spec, parts, settings);
}
