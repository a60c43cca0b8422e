import { InferenceSession } from 'onnxruntime-node';
import { UNREADABLE } from '../onnx/models.ts';
import type { OrtTensors, SessionSettings } from './session.ts';
import { endSession, profiledBy } from './session.ts';

/** How the binding refuses to hand over a sequence; the run is done by then. */
const REFUSAL = 'Non tensor type';

/** A session that writes its outputs into arrays of the caller, and hands nothing over. */
export interface InPlaceSession {
  run(feeds: OrtTensors, results: OrtTensors): Promise<void>;
  release(): Promise<void>;
}

/**
 * Opens a session on a model of `inPlaceModel`.
 *
 * ONNX Runtime's binding for Node (1.30) writes into the arrays that it is given, and then copies each into a new one to
 * hand over. That took as long as an update of Adam, and once 64 MB of such copies lay about, V8 collected garbage every
 * few steps: products seemed to run at half their speed. The binding refuses to hand over a sequence, and all that
 * follows one; so the model's first output is one, and the refusal is how a run ends. A binding that no longer refuses
 * makes this slower, not wrong.
 */
export async function openInPlaceSession(
  model: Uint8Array,
  { session: options }: SessionSettings,
): Promise<InPlaceSession> {
  const session = await InferenceSession.create(model, profiledBy(model, options));
  let released = false;
  return {
    async run(feeds, results) {
      if (released) throw new Error('the program is disposed');
      try {
        await session.run(feeds, { [UNREADABLE]: null, ...results });
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith(REFUSAL))) throw error;
      }
    },
    async release() {
      if (released) return;
      released = true;
      await endSession(session, options);
    },
  };
}
