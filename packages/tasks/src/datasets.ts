import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A file to be found in the data folder or downloaded. */
export interface DataFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The same bytes at several places, tried in order. */
  readonly urls: readonly string[];
}

/** Files that belong together, in one folder of the data folder. */
export interface Dataset {
  readonly folder: string;
  readonly files: readonly DataFile[];
  /** Folders that may hold other files of the same names: used where found, never downloaded. */
  readonly stands: readonly string[];
}

/** Datasets of files, by their folder's name: what is not made from a seed or read from an installed package. */
export type DatasetName = 'mnist' | 'fashion-mnist' | 'cifar-10' | 'tiny-shakespeare';

const file = (
  name: string,
  bytes: number,
  sha256: string,
  folders: readonly string[],
): DataFile => ({ name, bytes, sha256, urls: folders.map((url) => url + name) });

const mnistFolders = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
];
const fashionFolders = [
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/',
  'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
];

/**
 * The datasets and where they are published, with the sizes and SHA-256 sums that TensorFlow Datasets
 * and torchvision list for the same files.
 */
export const datasets: Readonly<Record<DatasetName, Dataset>> = {
  mnist: {
    folder: 'mnist',
    stands: ['mnist-10k'],
    files: [
      file(
        'train-images-idx3-ubyte.gz',
        9912422,
        '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
        mnistFolders,
      ),
      file(
        'train-labels-idx1-ubyte.gz',
        28881,
        '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
        mnistFolders,
      ),
      file(
        't10k-images-idx3-ubyte.gz',
        1648877,
        '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
        mnistFolders,
      ),
      file(
        't10k-labels-idx1-ubyte.gz',
        4542,
        'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
        mnistFolders,
      ),
    ],
  },
  'fashion-mnist': {
    folder: 'fashion-mnist',
    stands: [],
    files: [
      file(
        'train-images-idx3-ubyte.gz',
        26421880,
        '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
        fashionFolders,
      ),
      file(
        'train-labels-idx1-ubyte.gz',
        29515,
        'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
        fashionFolders,
      ),
      file(
        't10k-images-idx3-ubyte.gz',
        4422102,
        '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
        fashionFolders,
      ),
      file(
        't10k-labels-idx1-ubyte.gz',
        5148,
        '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
        fashionFolders,
      ),
    ],
  },
  'cifar-10': {
    folder: 'cifar-10',
    stands: [],
    files: [
      file(
        'cifar-10-binary.tar.gz',
        170052171,
        'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
        ['https://www.cs.toronto.edu/~kriz/'],
      ),
    ],
  },
  'tiny-shakespeare': {
    folder: 'tinyshakespeare',
    stands: [],
    files: [
      file(
        'input.txt',
        1115394,
        '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
        ['https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/'],
      ),
    ],
  },
};

/** A file found, with the SHA-256 it must have, where one is published for it. */
export interface FoundFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string | null;
}

/** The files of a dataset in the data folder, the full set before its stand-ins; null if none is whole. */
export function locate({ folder, files, stands }: Dataset, data: string): FoundFile[] | null {
  for (const candidate of [folder, ...stands]) {
    const found = files.map(({ name, sha256 }) => ({
      name: `${candidate}/${name}`,
      path: join(data, candidate, name),
      sha256: candidate === folder ? sha256 : null,
    }));
    if (found.every(({ path }) => existsSync(path))) return found;
  }
  return null;
}
