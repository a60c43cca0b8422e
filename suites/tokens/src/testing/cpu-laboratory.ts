import type { Laboratory } from '@hyperlaw/cli';
import { openCpu } from '@hyperlaw/engine';

/** For tests: a laboratory on the CPU that neither loads nor trains, never interrupted. */
export function cpuLaboratory(): Laboratory {
  const refused = () => Promise.reject(new Error('no tasks here'));
  return {
    ...{ device: openCpu(), loadTask: refused, train: refused },
    ...{ count: () => {}, goOn: () => {} },
  };
}
