// live/lazily.ts: work that is done at the first need, once for everybody who needs it.
// Used where a page is bundled, or the console itself is loaded.

/** Tried again after a failure: somebody may be working on the page. */
export function lazily<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= work().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
