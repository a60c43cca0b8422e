import type { ByteLaw } from './byte-task.ts';
import type { FactsLaw } from './facts.ts';
import type { GaussianMixtureLaw } from './gaussian-mixture.ts';
import type { HierarchyLaw } from './hierarchy.ts';
import type { ImageLaw } from './image-task.ts';
import type { MultiIndexLaw } from './multi-index.ts';
import type { NoisyLinearLaw } from './noisy-linear.ts';
import type { ParityLaw } from './parity.ts';
import type { PowerLawLaw } from './power-law.ts';
import type { TeacherLaw } from './teacher.ts';

/** Laws of fresh examples without end, made from random numbers alone. */
export type SyntheticLaw =
  | TeacherLaw
  | MultiIndexLaw
  | ParityLaw
  | PowerLawLaw
  | GaussianMixtureLaw
  | NoisyLinearLaw
  | HierarchyLaw;

/** Laws of real data. */
export type RealLaw = ByteLaw | ImageLaw;

/**
 * A fixed training set: the first `samples` examples of a synthetic law's training stream of seed 0
 * (so drawn by the law, the same for all seeds), or as many rows of an image set, chosen at random.
 * Seeds decide the order of the rows. Held-out examples are those of the law itself, or, `clean`, those without its label
 * noise, so that their squared error is the excess risk and the best loss is 0.
 */
export interface FiniteLaw {
  readonly kind: 'finite';
  readonly of: SyntheticLaw | ImageLaw;
  readonly samples: number;
  readonly heldOut?: 'clean';
}

/** Plain JSON that determines a task's data, together with the hash of the files it reads. */
export type TaskLaw = SyntheticLaw | FactsLaw | RealLaw | FiniteLaw;
