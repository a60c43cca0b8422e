import { type Checks, checkLaw, oneOf } from './check.ts';
import { type ReadFile, readDataFile } from './data-file.ts';
import { type DatasetName, datasets, locate } from './datasets.ts';
import { epochOrder } from './epoch-order.ts';
import { imagesFromCifar, imagesFromIdx } from './image-set.ts';
import { pooledImages } from './pooled-images.ts';
import type { Split, TableStream, Task } from './task.ts';

/**
 * Ten classes of images: MNIST (digits), Fashion-MNIST (clothes) or CIFAR-10 (things, in colour).
 *
 * - Input: the image, averaged over squares to `side` × `side` pixels (× 3 colours for CIFAR-10),
 *   each channel shifted and scaled to mean 0 and variance 1 over the training images' pixels.
 * - Target: the class, 0 to 9. Train and test are the publishers', the last tenth of the former
 *   being kept for validation.
 * - Noise: whatever the labels have.
 * - Best loss: unknown.
 *
 * `mnist` reads the full set, or a smaller one of the same four files in a folder `mnist-10k`; the
 * hashes in the task's `data` tell which.
 */
export interface ImageLaw {
  readonly kind: 'mnist' | 'fashion-mnist' | 'cifar-10';
  /** Pixels along an edge: a divisor of 28, or of 32 for CIFAR-10. */
  readonly side: number;
}

const sides: Readonly<Record<ImageLaw['kind'], readonly number[]>> = {
  mnist: [28, 14, 7, 4, 2, 1],
  'fashion-mnist': [28, 14, 7, 4, 2, 1],
  'cifar-10': [32, 16, 8, 4, 2, 1],
};

/** Throws one line for a parameter out of range. */
function checkImageLaw(law: ImageLaw): void {
  const checks: Checks<ImageLaw> = { side: oneOf(sides[law.kind]) };
  checkLaw(law, checks);
}

/** Reads an image task's files from the data folder; throws one line where they are missing or damaged. */
export async function imageTask(law: ImageLaw, name: string, data: string): Promise<Task> {
  checkImageLaw(law);
  const { tables, inputDim, files } = await readTables(law, data);
  return {
    name,
    law,
    inputDim,
    output: { kind: 'classes', count: 10 },
    bestLoss: null,
    kinds: { train: 'table', heldOut: 'table' },
    data: files,
    stream: (seed, split): TableStream => ({
      kind: 'table',
      ...tables[split],
      indices: epochOrder(tables[split].y.length, [law.kind, seed, split]),
    }),
  };
}

/** The tables of all splits. Apart from the task, whose streams would keep the files' bytes in memory. */
async function readTables(law: ImageLaw, data: string) {
  const found = locate(datasets[law.kind satisfies DatasetName], data);
  if (found === null) throw new Error(`missing data: ${law.kind} (not in ${data})`);
  const files: ReadFile[] = [];
  for (const file of found) files.push(await readDataFile(file));
  const halves =
    law.kind === 'cifar-10' ? imagesFromCifar(files[0] as ReadFile) : imagesFromIdx(files);
  const inputs = pooledImages(halves, law.side);
  const inputDim = law.side ** 2 * halves.train.channels;
  const splits = splitsOf(halves.train.rows, halves.test.rows);
  const table = (split: Split) => {
    const [half, begin, end] = splits[split];
    return {
      x: inputs[half].subarray(begin * inputDim, end * inputDim),
      y: Int32Array.from(halves[half].labels.subarray(begin, end)),
    };
  };
  return {
    tables: { train: table('train'), validation: table('validation'), test: table('test') },
    inputDim,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

/** The share of the training half that is kept for validation: its last rows. */
const VALIDATION = 0.1;

/** Where each split's rows lie: `[begin, end)` of a half. */
function splitsOf(
  trainRows: number,
  testRows: number,
): Readonly<Record<Split, readonly ['train' | 'test', begin: number, end: number]>> {
  const kept = trainRows - Math.max(1, Math.round(VALIDATION * trainRows));
  return {
    train: ['train', 0, kept],
    validation: ['train', kept, trainRows],
    test: ['test', 0, testRows],
  };
}
