// reports/batcher.ts: what arrives while a batch is under way is the next batch.
// Made by books.ts; knows neither events nor databases.

/** @returns what became of the one item; rejects with what `enter` threw for it alone */
export type Batcher<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One batch at a time. An item that comes alone waits for nobody; under load batches grow by
 * themselves. A batch that fails is entered again one by one, so that a bad item fails alone.
 * @param mostAtOnce ≥ 1
 * @param enter all items or, when it throws, none; gives a result for each, in their order
 */
export function createBatcher<Item, Result>(
  mostAtOnce: number,
  enter: (items: readonly Item[]) => Promise<readonly Result[]>,
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = false;

  async function settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await enter(batch.map(({ item }) => item));
      for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  async function run(): Promise<void> {
    running = true;
    // Whoever was read from a socket in the same turn belongs to the batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await settle(waiting.splice(0, mostAtOnce));
    running = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void run();
    });
}
