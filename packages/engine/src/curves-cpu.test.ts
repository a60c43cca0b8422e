import { openCpu } from './devices/onnx-kinds.ts';
import { describeCurves } from './testing/curves.ts';

describeCurves('cpu', 1e-4, async () => openCpu());
