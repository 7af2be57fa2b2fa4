// bench/progress.ts: one line on standard error that says what is being measured.
// Redrawn on a terminal; elsewhere a line for each step, so that a log can be read later.

export interface Progress {
  show(step: string): void;
  /** Leaves nothing of it on a terminal. */
  clear(): void;
}

export function createProgress(stream: NodeJS.WriteStream): Progress {
  const startedMs = performance.now();
  const redrawn = stream.isTTY === true;
  const erase = redrawn ? '\r\u001b[2K' : '';
  return {
    show(step) {
      const elapsedS = Math.round((performance.now() - startedMs) / 1000);
      const line = `${String(elapsedS).padStart(4)} s  ${step}`;
      const width = Math.max(20, (stream.columns ?? 100) - 1);
      stream.write(redrawn ? erase + line.slice(0, width) : `${line}\n`);
    },
    clear: () => void stream.write(erase),
  };
}
