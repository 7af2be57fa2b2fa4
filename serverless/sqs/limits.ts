// sqs/limits.ts: the numbers that AWS documents for SQS, and one of our own.
// Read by whatever checks a request; tests hold to the same numbers.

/** "Amazon SQS message quotas": 1 MiB, of one message and of a batch together (since August 2025). */
export const largestMessageBytes = 1_048_576;
export const leastMessageSizeLimitBytes = 1024;
export const mostMessageAttributes = 10;
/** Of a message and of a queue: 15 minutes. */
export const longestDelaySeconds = 900;
/** 12 hours, counted from the receive. */
export const longestVisibilitySeconds = 43_200;
/** One minute and 14 days. */
export const retentionSeconds = { least: 60, most: 1_209_600 } as const;

/** "Amazon SQS batch actions". */
export const mostBatchEntries = 10;
/** "ReceiveMessage": messages of one call. */
export const mostReceived = 10;
/** "Amazon SQS short and long polling". */
export const longestWaitSeconds = 20;

/** "Amazon SQS queue quotas", standard and FIFO alike (FIFO: 20,000 until November 2024). */
export const mostInFlight = 120_000;
/** "Exactly-once processing in Amazon SQS": five minutes. */
export const deduplicationMs = 300_000;
/** "PurgeQueue": once in so long. */
export const purgePauseMs = 60_000;

/** "ListQueues": 1,000 names of one call. */
export const mostListed = 1000;
/** "StartMessageMoveTask". */
export const mostMovedPerSecond = 500;
/** "ListMessageMoveTasks". */
export const mostMoveTasksListed = 10;
/** "RedrivePolicy": of `maxReceiveCount`. */
export const mostReceives = 1000;
/** "RedriveAllowPolicy": of `sourceQueueArns`. */
export const mostSourceQueues = 10;

/** Ours: a HTTP body. JSON and base64 make 1 MiB of messages longer, up to six times. */
export const largestRequestBytes = 8 * 1_048_576;
