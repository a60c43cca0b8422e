import { openCpu } from './devices/open-device.ts';
import { families } from './testing/cases/index.ts';
import { describeConformance } from './testing/conformance.ts';

describeConformance('cpu', families, async () => openCpu());
