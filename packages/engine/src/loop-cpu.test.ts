import { openCpu } from './devices/onnx-kinds.ts';
import { describeLoopLaws } from './testing/loop-laws.ts';

describeLoopLaws('cpu', 2e-5, async () => openCpu());
