import { openCpu } from './devices/onnx-kinds.ts';
import { tolerancesOf } from './selftest/tolerances.ts';
import { describeCurves } from './testing/curves.ts';

describeCurves('cpu', tolerancesOf('cpu').curve, async () => openCpu());
