// live/once.ts: work that is done at the first need, for everybody who needs it.
// Used where a page is bundled.

/** Tried again after a failure: somebody may be working on the page. */
export function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= work().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
