// runtime/duckdb-fatal.ts: after an error that DuckDB calls fatal, it answers nothing any more.
// Called by duckdb.ts with every error.

const FATAL = /^FATAL Error|database has been invalidated/;

/**
 * Ends the process after such an error, as an uncaught one would: whoever keeps it starts it again, and
 * the file is whole as of its last commit. All other errors are left to who asked.
 * @param end replaced by tests
 */
export function endIfFatal(error: unknown, end: (error: Error) => void = throwUncaught): void {
  if (!(error instanceof Error) || !FATAL.test(error.message)) return;
  const said = `DuckDB has given up its file (${error.message}); this process ends, to be started again.`;
  end(new Error(said, { cause: error }));
}

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
