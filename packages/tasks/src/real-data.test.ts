import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { available, ensureAvailable } from './availability.ts';
import { datasets } from './datasets.ts';
import { loadTask } from './registry.ts';
import type { Split, Task } from './task.ts';

const data = process.env.HYPERLAW_DATA;
const mnist = { kind: 'mnist', side: 7 } as const;
const shakespeare = {
  kind: 'tiny-shakespeare',
  context: 8,
  codeDim: 4,
  vocabulary: 'all',
  instance: 0,
} as const;

const present = (law: typeof mnist | typeof shakespeare): boolean =>
  data !== undefined && available(law, { data }).available;
for (const law of [mnist, shakespeare]) {
  if (!present(law)) {
    console.warn(
      `skipped: tests of ${law.kind} (HYPERLAW_DATA ${data ? `${data} lacks it` : 'is not set'})`,
    );
  }
}

function table(task: Task, split: Split) {
  const stream = task.stream(0, split);
  if (stream.kind !== 'table') throw new Error('not a table');
  return stream;
}

describe.skipIf(!present(mnist))('mnist', () => {
  const folder = data ?? '';

  it('has standardised training inputs, ten balanced classes, and its files’ hashes', async () => {
    const task = await loadTask({ kind: 'mnist', side: 28 }, { data: folder });
    const { x, y } = table(task, 'train');
    expect(task.inputDim).toBe(784);
    expect(x.length).toBe(784 * y.length);
    expect(task.data).toHaveLength(4);
    // Training and validation rows together are the training half that the files have.
    const half = [x, table(task, 'validation').x];
    const size = half.reduce((sum, part) => sum + part.length, 0);
    expect(half[1]?.length).toBe(784 * Math.round(0.1 * (size / 784)));
    const meanOf = (f: (value: number) => number) =>
      half.reduce((sum, part) => part.reduce((s, value) => s + f(value), sum), 0) / size;
    const mean = meanOf((value) => value);
    const square = meanOf((value) => value * value);
    // Float32 values of order one: round-off far below these.
    expect(mean).toBeCloseTo(0, 5);
    expect(square).toBeCloseTo(1, 4);
    for (const split of ['train', 'validation', 'test'] as const) {
      const labels = table(task, split).y;
      for (let digit = 0; digit < 10; digit++) {
        const share = labels.filter((label: number) => label === digit).length / labels.length;
        expect(Math.abs(share - 0.1)).toBeLessThan(0.04);
      }
    }
  });

  it('averages over squares: coarse pixels are means of fine ones', async () => {
    const fine = table(await loadTask({ kind: 'mnist', side: 14 }, { data: folder }), 'train').x;
    const coarse = table(await loadTask({ kind: 'mnist', side: 7 }, { data: folder }), 'train').x;
    // Up to one affine map for all pixels, which three of them determine.
    const averaged = (image: number, pixel: number): number => {
      const corner = image * 196 + Math.floor(pixel / 7) * 28 + (pixel % 7) * 2;
      return [0, 1, 14, 15].reduce((sum, i) => sum + (fine[corner + i] as number) / 4, 0);
    };
    const [dark, bright] = [averaged(0, 0), averaged(0, 17)];
    const scale = ((coarse[17] as number) - (coarse[0] as number)) / (bright - dark);
    for (let image = 0; image < 20; image++) {
      for (let pixel = 0; pixel < 49; pixel++) {
        const expected = (coarse[0] as number) + scale * (averaged(image, pixel) - dark);
        expect(coarse[image * 49 + pixel] as number).toBeCloseTo(expected, 3);
      }
    }
  });

  it('can be told apart: the class means classify most test digits', async () => {
    const task = await loadTask({ kind: 'mnist', side: 14 }, { data: folder });
    const [train, test] = [table(task, 'train'), table(task, 'test')];
    const centres = new Float64Array(10 * 196);
    const counts = new Float64Array(10);
    for (const [row, label] of train.y.entries()) {
      counts[label] = (counts[label] as number) + 1;
      for (let i = 0; i < 196; i++) {
        const at = label * 196 + i;
        centres[at] = (centres[at] as number) + (train.x[row * 196 + i] as number);
      }
    }
    let right = 0;
    for (const [row, label] of test.y.entries()) {
      const scores = Array.from({ length: 10 }, (_, digit) => {
        let score = 0;
        for (let i = 0; i < 196; i++) {
          const centre = (centres[digit * 196 + i] as number) / (counts[digit] as number);
          score -= ((test.x[row * 196 + i] as number) - centre) ** 2;
        }
        return score;
      });
      if (scores.indexOf(Math.max(...scores)) === label) right++;
    }
    // LeCun et al. 1998 report 12 % errors for a linear classifier; nearest centre is near 18 %.
    expect(right / test.y.length).toBeGreaterThan(0.75);
  });

  it('gives a finite subset of its rows, and holds out the whole test half', async () => {
    const whole = await loadTask(mnist, { data: folder });
    const some = await loadTask({ kind: 'finite', of: mnist, samples: 50 }, { data: folder });
    expect(table(some, 'train').x).toHaveLength(50 * 49);
    expect(table(some, 'test').y).toEqual(table(whole, 'test').y);
    expect(some.data).toEqual(whole.data);
    await expect(
      loadTask({ kind: 'finite', of: mnist, samples: 60_001 }, { data: folder }),
    ).rejects.toThrow(/^unknown samples: 60001 \(an integer from 1 to \d+\)$/);
  });

  describe('damaged', () => {
    let copy: string;
    const names = datasets.mnist.files.map(({ name }) => name);
    const source = (name: string): string => {
      const stand = join(folder, 'mnist-10k', name);
      return present(mnist) ? stand : name;
    };
    beforeAll(async () => {
      copy = await mkdtemp(join(tmpdir(), 'hyperlaw-mnist-'));
      await mkdir(join(copy, 'mnist-10k'));
    });
    afterAll(() => rm(copy, { recursive: true }));

    const load = async (name: string, bytes: Uint8Array): Promise<string> => {
      for (const each of names) await copyFile(source(each), join(copy, 'mnist-10k', each));
      await rm(join(copy, 'mnist-10k', name), { force: true });
      await writeFile(join(copy, 'mnist-10k', name), bytes);
      return loadTask(mnist, { data: copy }).then(
        () => 'loaded',
        (error: Error) => error.message.replace(copy, 'copy'),
      );
    };

    it('says so in one line, whatever the damage', async () => {
      const images = 'train-images-idx3-ubyte.gz';
      const labels = 'train-labels-idx1-ubyte.gz';
      const packed = await readFile(source(images));
      const plain = gunzipSync(packed);
      const marks = gunzipSync(await readFile(source(labels)));
      expect(await load(images, packed)).toBe('loaded');
      expect(await load(images, packed.subarray(0, 5000))).toBe(
        'damaged file: copy/mnist-10k/train-images-idx3-ubyte.gz (gzip: unexpected end of file (Z_BUF_ERROR); delete it to download it again)',
      );
      expect(await load(images, gzipSync(plain.subarray(0, 5000), { level: 1 }))).toMatch(
        /^truncated file: copy\/mnist-10k\/train-images-idx3-ubyte\.gz \(5000 of \d+ bytes\)$/,
      );
      expect(await load(images, Buffer.from('<html>moved</html>'))).toMatch(
        /^damaged file: copy\/mnist-10k\/train-images-idx3-ubyte\.gz \(gzip: incorrect header check/,
      );
      expect(
        await load(
          labels,
          gzipSync(Buffer.concat([marks.subarray(0, 8), Buffer.alloc(marks.length - 8, 11)])),
        ),
      ).toBe('damaged file: copy/mnist-10k/train-labels-idx1-ubyte.gz (a label of 11)');
      expect(await load(labels, await readFile(source('t10k-labels-idx1-ubyte.gz')))).toMatch(
        /^damaged file: copy\/mnist-10k\/train-labels-idx1-ubyte\.gz \(\d+ labels of \d+\)$/,
      );
    });

    it('in the full set’s folder is told by its checksum', async () => {
      await mkdir(join(copy, 'mnist'));
      for (const each of names) await copyFile(source(each), join(copy, 'mnist', each));
      await expect(loadTask(mnist, { data: copy })).rejects.toThrow(
        /^wrong checksum: .*mnist.train-images-idx3-ubyte\.gz is sha256 [0-9a-f]{64} \(440fcabf.*; delete it to download it again\)$/,
      );
    });
  });
});

describe.skipIf(!present(shakespeare))('tiny-shakespeare', () => {
  it('is the published text, of 65 characters', async () => {
    const task = await loadTask(shakespeare, { data: data ?? '' });
    expect(task.output).toEqual({ kind: 'classes', count: 65 });
    expect(task.data[0]?.sha256).toBe(datasets['tiny-shakespeare'].files[0]?.sha256);
  });
});

describe('available', () => {
  it('says in one line what is missing', () => {
    expect(available({ kind: 'fashion-mnist', side: 7 }, { data: '/nowhere' })).toEqual({
      available: false,
      reason: 'fashion-mnist: not in /nowhere',
    });
    expect(available({ kind: 'finite', of: mnist, samples: 5 }, { data: '/nowhere' })).toEqual({
      available: false,
      reason: 'mnist: not in /nowhere',
    });
  });

  it('needs nothing for synthetic tasks and the declarations', () => {
    const linear = { kind: 'noisy-linear', inputDim: 2, noise: 0, instance: 0 } as const;
    expect(available(linear, { data: '/nowhere' }).available).toBe(true);
    const bytes = { ...shakespeare, kind: 'typescript-bytes' } as const;
    expect(available(bytes, { data: '/nowhere' }).available).toBe(true);
  });

  it('goes nowhere near the network where the data is there or none is needed', async () => {
    const linear = { kind: 'noisy-linear', inputDim: 2, noise: 0, instance: 0 } as const;
    expect(await ensureAvailable(linear, { data: '/nowhere' })).toEqual({ available: true });
  });

  it('gives the reason in one line where the folder cannot be made', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'hyperlaw-data-'));
    await writeFile(join(parent, 'file'), '');
    const result = await ensureAvailable(mnist, { data: join(parent, 'file') });
    await rm(parent, { recursive: true });
    expect(result.available).toBe(false);
    expect(result.available ? '' : result.reason).toMatch(
      /^mnist: not in [^\n]*; cannot write [^\n]*\(ENOTDIR\)$/,
    );
  });
});
