import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 18;
const NEWLINE = 0x0a;

/** One line of a file; `torn` where the file ends without its newline. */
interface Line {
  readonly number: number;
  readonly text: string;
  readonly torn: boolean;
}

/** The lines of a UTF-8 file, streamed in chunks of 256 KiB. */
export function* readLines(path: string): Generator<Line> {
  const fd = openSync(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    let number = 1;
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
      const block = Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, start)) {
        yield { number: number++, text: block.toString('utf8', start, end), torn: false };
        start = end + 1;
      }
      rest = block.subarray(start);
    }
    if (rest.length > 0) yield { number, text: rest.toString('utf8'), torn: true };
  } finally {
    closeSync(fd);
  }
}
