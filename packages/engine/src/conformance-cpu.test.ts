import { openCpu } from './devices/onnx-kinds.ts';
import { exactFamilies, families } from './testing/cases/index.ts';
import { describeConformance } from './testing/conformance.ts';

/** 5e-6 is 40 roundings of a float32. */
const tolerances = { rounded: 5e-6, summed: 2e-5, approximate: 5e-5 };

describeConformance('cpu', { ...families, ...exactFamilies }, tolerances, async () => openCpu());
