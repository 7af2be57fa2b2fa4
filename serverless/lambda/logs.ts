// lambda/logs.ts: the log of each function, in a file, and the last 4 KB of each invocation.
// Written to by invocation.ts, cold-start.ts and pool.ts.
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Emit } from './events.ts';
import { logTailBytes } from './limits.ts';

export interface Logs {
  /** @param requestId of the invocation that the line belongs to, if any */
  write(functionName: string, line: string, requestId?: string): void;
  /** From here on the invocation's lines are kept for its tail. */
  begin(requestId: string): void;
  /** The invocation is over. @returns its last 4 KB */
  finish(requestId: string): string;
  /** Resolves when every line is in its file. */
  close(): Promise<void>;
}

/** @param folder made when missing; each function appends to `<name>.log` in it */
export function createLogs(folder: string, emit: Emit): Logs {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  const tails = new Map<string, string>();

  function fileOf(functionName: string): WriteStream {
    const open = files.get(functionName);
    if (open !== undefined) return open;
    const file = createWriteStream(join(folder, `${functionName}.log`), { flags: 'a' });
    // A full disk costs the log, not the invocation.
    file.on('error', () => {});
    files.set(functionName, file);
    return file;
  }

  return {
    write(functionName, line, requestId = '') {
      fileOf(functionName).write(`${line}\n`);
      const tail = tails.get(requestId);
      if (tail !== undefined) tails.set(requestId, lastBytes(`${tail}${line}\n`));
      emit({ kind: 'line', functionName, line });
    },
    begin(requestId) {
      tails.set(requestId, '');
    },
    finish(requestId) {
      const tail = tails.get(requestId) ?? '';
      tails.delete(requestId);
      return tail;
    },
    async close() {
      await Promise.all(
        [...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))),
      );
    },
  };
}

/** Cut by bytes, as AWS does: a character at the very beginning may be damaged. */
function lastBytes(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.length <= logTailBytes ? text : bytes.subarray(-logTailBytes).toString('utf8');
}
