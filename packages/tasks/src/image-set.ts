import { parseTar } from 'nanotar';
import { gunzip, type ReadFile } from './data-file.ts';
import { parseIdx } from './idx.ts';

/** Labelled square images, bytes `[rows, channels, side, side]`. */
export interface ImageSet {
  readonly rows: number;
  readonly channels: number;
  readonly side: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** The training and the test half of an image dataset. */
export interface ImageHalves {
  readonly train: ImageSet;
  readonly test: ImageSet;
}

const CLASSES = 10;

/** MNIST and Fashion-MNIST from their four gzipped IDX files: training images, labels, then test. */
export function imagesFromIdx(files: readonly ReadFile[]): ImageHalves {
  const parsed = files.map((file) => parseIdx(gunzip(file), file.path));
  const half = (at: number): ImageSet => {
    const [rows = 0, height, width] = parsed[at]?.shape ?? [];
    const images = parsed[at]?.values ?? new Uint8Array();
    const labels = parsed[at + 1]?.values ?? new Uint8Array();
    const [imagesPath = '', labelsPath = ''] = files.slice(at).map(({ path }) => path);
    if (rows === 0 || height !== 28 || width !== 28) {
      throw new Error(`damaged file: ${imagesPath} (images of 28 × 28 expected)`);
    }
    if (labels.length !== rows) {
      throw new Error(`damaged file: ${labelsPath} (${labels.length} labels of ${rows})`);
    }
    return checked({ rows, channels: 1, side: 28, images, labels }, labelsPath);
  };
  return { train: half(0), test: half(2) };
}

/** A record of CIFAR-10's binary version: a label, then 32 × 32 red, green and blue bytes. */
const RECORD = 1 + 3 * 32 * 32;

/** CIFAR-10 from its gzipped tar archive: five training batches and a test batch. */
export function imagesFromCifar(archive: ReadFile): ImageHalves {
  const entries = parseTar(gunzip(archive));
  const batch = (name: string): Uint8Array => {
    const found = entries.find((entry) => entry.name.endsWith(`/${name}`))?.data;
    if (found === undefined || found.length === 0 || found.length % RECORD !== 0) {
      throw new Error(`damaged file: ${archive.path} (no whole ${name} in it)`);
    }
    return found;
  };
  return {
    train: imagesFromRecords(
      [1, 2, 3, 4, 5].map((i) => batch(`data_batch_${i}.bin`)),
      archive.path,
    ),
    test: imagesFromRecords([batch('test_batch.bin')], archive.path),
  };
}

function imagesFromRecords(batches: readonly Uint8Array[], path: string): ImageSet {
  const rows = batches.reduce((sum, batch) => sum + batch.length / RECORD, 0);
  const images = new Uint8Array(rows * (RECORD - 1));
  const labels = new Uint8Array(rows);
  let row = 0;
  for (const batch of batches) {
    for (let at = 0; at < batch.length; at += RECORD, row++) {
      labels[row] = batch[at] as number;
      images.set(batch.subarray(at + 1, at + RECORD), row * (RECORD - 1));
    }
  }
  return checked({ rows, channels: 3, side: 32, images, labels }, path);
}

function checked(set: ImageSet, path: string): ImageSet {
  const wrong = set.labels.find((label) => label >= CLASSES);
  if (wrong !== undefined) throw new Error(`damaged file: ${path} (a label of ${wrong})`);
  return set;
}
