// commands/lib/interruption.ts: the first Ctrl-C asks a command to stop, the second ends it at once.
// Called by commands that leave processes running while they wait.

/** What a shell reports of a program that Ctrl-C ended: 128 + SIGINT. */
export const interruptedExitCode = 130;

export interface Interruption {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
  readonly promise: Promise<void>;
  yet(): boolean;
}

/**
 * Takes over the three signals for the rest of the program's life.
 * @param exitCode of the end at once
 */
export function interruption(exitCode = 0): Interruption {
  let asked = false;
  const promise = new Promise<void>((resolve) => {
    const ask = () => {
      // The guard ends what still runs: see targets/guard.ts.
      if (asked) process.exit(exitCode);
      asked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  });
  return { promise, yet: () => asked };
}
