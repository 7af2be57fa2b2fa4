// live/row-tail.ts: follows a file of rows while an attack writes it.
// Called by customers.ts: what the console counts are the rows that a report would be made of.
import { closeSync, openSync, readSync } from 'node:fs';
import type { Row } from '../../load/results.ts';

export interface RowTail {
  /** The rows that were added since the last call, whole lines only. */
  take(): Row[];
}

const window = Buffer.allocUnsafe(1 << 18);

/** @param file need not exist yet */
export function tailRows(file: string): RowTail {
  let readTo = 0;
  let rest = '';
  return {
    take() {
      const text = textFrom(file, readTo);
      readTo += Buffer.byteLength(text);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return lines.map((line) => JSON.parse(line) as Row);
    },
  };
}

/** A row has ASCII only: no character is cut in two. */
function textFrom(file: string, position: number): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  let text = '';
  for (let bytes = 1, at = position; bytes > 0; at += bytes) {
    bytes = readSync(descriptor, window, 0, window.length, at);
    text += window.toString('latin1', 0, bytes);
  }
  closeSync(descriptor);
  return text;
}
