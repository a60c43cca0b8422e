export { type Availability, available, datasetOf, ensureAvailable } from './availability.ts';
export type { ByteLaw } from './byte-task.ts';
export { constantLoss } from './constant-loss.ts';
export { type DataEnvironment, defaultDataFolder } from './data-folder.ts';
export {
  type DataFile,
  type Dataset,
  type DatasetName,
  datasets,
  type FoundFile,
  locate,
} from './datasets.ts';
export type { FactsLaw } from './facts.ts';
export { type FetchOptions, fetchDataset } from './fetch-dataset.ts';
export type { GaussianMixtureLaw } from './gaussian-mixture.ts';
export { type HermiteTerm, hermite, staircase } from './hermite-terms.ts';
export type { HierarchyLaw } from './hierarchy.ts';
export type { ImageLaw } from './image-task.ts';
export { shortLaw, taskTitles } from './law-titles.ts';
export { mixtureEntropy } from './mixture-entropy.ts';
export type { MultiIndexLaw } from './multi-index.ts';
export { namedLaws } from './named-laws.ts';
export type { NoisyLinearLaw } from './noisy-linear.ts';
export { normals } from './normals.ts';
export type { ParityLaw } from './parity.ts';
export { permutation } from './permutation.ts';
export { type PowerLawLaw, powerLawSpectrum } from './power-law.ts';
export { type RandomStream, randomStream, type StreamAddress } from './random-stream.ts';
export { type LoadOptions, lawKey, loadTask, taskName } from './registry.ts';
export { sampleTask } from './sample-task.ts';
export {
  type FamilyAxis,
  type StaircaseParameters,
  staircaseAxes,
  staircaseLaw,
  staircaseTitle,
} from './staircase-family.ts';
export type {
  DenseStream,
  Output,
  SequenceStream,
  Split,
  Stream,
  TableStream,
  Task,
  TokenStream,
} from './task.ts';
export type { FiniteLaw, RealLaw, SyntheticLaw, TaskLaw } from './task-law.ts';
export type { TeacherActivation, TeacherLaw } from './teacher.ts';
export { declarationFolder } from './typescript-declarations.ts';
