import { openCpu } from './devices/onnx-kinds.ts';
import { exactFamilies, families } from './selftest/cases/index.ts';
import { tolerancesOf } from './selftest/tolerances.ts';
import { describeConformance } from './testing/conformance.ts';

const all = { ...families, ...exactFamilies };
describeConformance('cpu', all, tolerancesOf('cpu'), async () => openCpu());
