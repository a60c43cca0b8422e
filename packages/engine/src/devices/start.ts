import type { Device } from './device.ts';

/** What became of trying a device. */
export type Attempt =
  | {
      readonly starts: true;
      /** Measured on 256×256 matrix products; null where not measured. */
      readonly gigaflops: number | null;
      /** Whether the processor does the work of a GPU. */
      readonly software: boolean;
      open(reason: string): Device;
    }
  | {
      readonly starts: false;
      readonly reason: string;
      /** What would make it start. */
      readonly advice: string;
    };
