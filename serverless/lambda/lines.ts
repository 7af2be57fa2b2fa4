// lambda/lines.ts: what a stream carries, line by line.
// Called by sandbox.ts on both outputs of a process.
import type { Readable } from 'node:stream';

/** A last line without its end is given when the stream ends. Nothing but `\n` ends a line. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
