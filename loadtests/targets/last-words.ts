// targets/last-words.ts: the sentence a process printed before it gave up.
// Called by supervisor.ts, which quotes it in the error a person reads.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const longestTailBytes = 16_384;

/**
 * Reads the log written since a start. Structured lines are for machines and stack frames for
 * debugging: the last line that is neither is the sentence.
 * @param fromByte the log's size when the process began
 * @returns an empty text when it said nothing
 */
export function lastWords(logFile: string, fromByte: number): string {
  const lines = tailOf(logFile, fromByte)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('{'));
  const thrown = lines.findLast((line) => /^(\w*Error|CannotStart)\b.*:/.test(line));
  return thrown ?? lines.findLast((line) => !/^(at |Node\.js v)/.test(line)) ?? '';
}

function tailOf(logFile: string, fromByte: number): string {
  const log = openSync(logFile, 'r');
  try {
    const end = fstatSync(log).size;
    const start = Math.max(fromByte, end - longestTailBytes);
    const tail = Buffer.alloc(Math.max(0, end - start));
    readSync(log, tail, 0, tail.length, start);
    return tail.toString('utf8');
  } finally {
    closeSync(log);
  }
}
