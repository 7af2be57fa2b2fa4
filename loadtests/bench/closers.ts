// bench/closers.ts: remembers what must be stopped, and stops it last-in first-out, once.
// Used by run-bench.ts for the end of every part, and for Ctrl-C in the middle of one.

export interface Closers {
  defer(close: () => Promise<void>): void;
  /** Closes all, the latest first; what fails to close does not keep the others open. */
  closeAll(): Promise<void>;
}

export function createClosers(): Closers {
  const open: (() => Promise<void>)[] = [];
  return {
    defer: (close) => void open.push(close),
    async closeAll() {
      for (let close = open.pop(); close !== undefined; close = open.pop()) {
        await close().catch(() => {});
      }
    },
  };
}
