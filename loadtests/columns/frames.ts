// columns/frames.ts: a file of frames, each with its length before it: written one by one, read in turn.
// Called by the stores that keep one file a table or a column.
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a frame goes through on its way to the file and back. */
export interface Codec {
  encode(frame: Uint8Array): Uint8Array;
  decode(frame: Buffer): Buffer;
}
export const plain: Codec = { encode: (frame) => frame, decode: (frame) => frame };
export const deflated: Codec = { encode: (frame) => deflateRawSync(frame), decode: inflateRawSync };

const LENGTH_BYTES = 4;

/** Appends; `close` when all are written. */
export function frameWriter(path: string, { encode } = plain) {
  const file = openSync(path, 'a');
  return {
    write(bytes: Uint8Array): void {
      const frame = encode(bytes);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(frame.byteLength);
      writeSync(file, length);
      writeSync(file, frame);
    },
    close: () => closeSync(file),
  };
}

/** @throws Error for a file that is cut short */
export function* framesOf(path: string, { decode } = plain): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const { size } = statSync(path);
    const length = Buffer.alloc(LENGTH_BYTES);
    for (let at = 0; at < size; ) {
      readSync(file, length, 0, LENGTH_BYTES, at);
      const frame = Buffer.alloc(length.readUInt32LE());
      const read = readSync(file, frame, 0, frame.byteLength, at + LENGTH_BYTES);
      if (read < frame.byteLength) throw new Error(`${path} is cut short.`);
      at += LENGTH_BYTES + frame.byteLength;
      yield decode(frame);
    }
  } finally {
    closeSync(file);
  }
}

export const bytesOf = (path: string): number => statSync(path).size;
