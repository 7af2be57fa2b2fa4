// event-source/limits.ts: AWS's figures for a mapping from a queue to a function, and two of our own.
// Read by settings.ts for what may be set and by the pollers for how they behave.

/** "CreateEventSourceMapping": messages of one invocation; above 10 with a window only. */
export const batchSize = { least: 1, most: 10_000, initial: 10 } as const;
/** The same page: MaximumBatchingWindowInSeconds, 0 to 300; at least 1 above ten messages. */
export const windowMs = { most: 300_000, leastAboveTen: 1000 } as const;
/** "ScalingConfig": MaximumConcurrency. */
export const maximumConcurrency = { least: 2, most: 1000 } as const;

/** "ReceiveMessage" and "DeleteMessageBatch": messages of one call. */
export const mostPerCall = 10;
/** "Amazon SQS short and long polling": the longest wait. */
export const waitSeconds = 20;
/** "Lambda quotas": a batch ends when its event has 6 MB. */
export const mostEventBytes = 6 * 1024 * 1024;

/** "Configuring scaling behavior for SQS event source mappings": 5, then 300 more a minute, to 1,250. */
export const initialPollers = 5;
export const mostPollers = 1250;
export const morePollersEveryMs = 60_000 / 300;

/** Ours: AWS documents that it backs off, not how. From the first wait on, doubling. */
export const throttleWaitMs = { first: 100, most: 5000 } as const;
/** Ours: before a queue that refused is asked again. */
export const pollErrorWaitMs = 1000;
