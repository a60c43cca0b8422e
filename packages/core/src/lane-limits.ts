import type { Hardware } from '@hyperlaw/engine';

/** How many lanes a device can make use of. */
export interface LaneLimits {
  /** Bytes of all lanes' working sets together at which adding a lane no longer pays. */
  readonly workingSetBytes: number;
  /** Bytes of all lanes' states together, likewise. */
  readonly stateBytes: number;
  readonly most: number;
  /** Bytes that one tensor of all lanes may have. */
  readonly tensorBytes: number;
  /** Streams of batches that all lanes together may read. */
  readonly streams: number;
  /** Arms that should be under way at once, so that trials of one program wait together. */
  readonly arms: number;
}

/**
 * A CPU: past a dozen MiB the tensors of one operation have left the cache before the next one reads them, and past two the
 * state has left it before the next step does. Measured on a core that shares its last cache; CONTRIBUTING has the figures.
 */
const processor: LaneLimits = {
  workingSetBytes: 12 * 2 ** 20,
  stateBytes: 2 * 2 ** 20,
  most: 32,
  tensorBytes: Infinity,
  streams: 32,
  arms: 1,
};

/**
 * A GPU: the cost of launching a kernel is shared by all lanes, and narrow nets fill it only by the hundreds. WebGPU
 * promises no more than 128 MiB for one tensor; a GiB of lanes leaves room for what is recomputed beside them.
 * Sixteen held-out batches go there at once: of 64 streams with 64 inputs they are 64 MiB. The number of arms is from packs
 * counted, not from a clock.
 */
const graphics: LaneLimits = {
  workingSetBytes: 2 ** 30,
  stateBytes: Infinity,
  most: 1024,
  tensorBytes: 128 * 2 ** 20,
  streams: 64,
  arms: 256,
};

/** What a device can make use of, by what computes. */
export function laneLimits(hardware: Hardware): LaneLimits {
  switch (hardware) {
    case 'processor':
      return processor;
    case 'gpu':
      return graphics;
  }
}
