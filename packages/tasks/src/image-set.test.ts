import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { describe, expect, it } from 'vitest';
import { imagesFromCifar } from './image-set.ts';
import { pooledImages } from './pooled-images.ts';

/** A batch of CIFAR-10's binary version: label, then constant red, green and blue planes. */
const batch = (labels: readonly number[]): Uint8Array =>
  Uint8Array.from(
    labels.flatMap((label) => [
      label,
      ...Array<number>(1024).fill(10 * label),
      ...Array<number>(1024).fill(100),
      ...Array<number>(1024).fill(200 - 10 * label),
    ]),
  );

const archive = (batches: readonly (readonly number[])[], last = batch([7, 8])) => ({
  name: 'cifar-10/archive.tar.gz',
  path: 'data/cifar-10/archive.tar.gz',
  sha256: '',
  bytes: gzipSync(
    createTar([
      ...batches.map((labels, i) => ({
        name: `cifar-10-batches-bin/data_batch_${i + 1}.bin`,
        data: batch(labels),
      })),
      { name: 'cifar-10-batches-bin/test_batch.bin', data: last },
    ]),
  ),
});

const five = [[0, 1], [2], [3], [4], [5, 6]];

describe('cifar-10', () => {
  it('joins the five training batches in order and keeps the colour planes', () => {
    const { train, test } = imagesFromCifar(archive(five));
    expect([...train.labels]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...test.labels]).toEqual([7, 8]);
    expect(train.images).toHaveLength(7 * 3072);
    expect(train.images[3072]).toBe(10);
    expect(train.images[3072 + 2048]).toBe(190);
  });

  it('standardises each colour by the training half, a colour without contrast to 0', () => {
    const { train, test } = pooledImages(imagesFromCifar(archive(five)), 2);
    expect(train).toHaveLength(7 * 12);
    // Red is 10 × label: mean 30, deviation 20 over labels 0 … 6.
    expect(train[0]).toBeCloseTo(-1.5, 6);
    expect(test[0]).toBeCloseTo(2, 6);
    expect(train[4]).toBe(0);
    expect(train[8]).toBeCloseTo(1.5, 6);
  });

  it('says in one line what is wrong with the archive', () => {
    expect(() => imagesFromCifar(archive(five.slice(0, 4)))).toThrow(
      'damaged file: data/cifar-10/archive.tar.gz (no whole data_batch_5.bin in it)',
    );
    expect(() => imagesFromCifar(archive(five, batch([1]).subarray(1)))).toThrow(
      'damaged file: data/cifar-10/archive.tar.gz (no whole test_batch.bin in it)',
    );
    expect(() => imagesFromCifar(archive(five, batch([10])))).toThrow(
      'damaged file: data/cifar-10/archive.tar.gz (a label of 10)',
    );
    const whole = archive(five);
    expect(() => imagesFromCifar({ ...whole, bytes: whole.bytes.subarray(0, 50) })).toThrow(
      /^damaged file: data\/cifar-10\/archive\.tar\.gz \(gzip: /,
    );
  });
});
