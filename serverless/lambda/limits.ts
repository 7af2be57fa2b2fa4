// lambda/limits.ts: the quotas of AWS Lambda that are kept here, with AWS's own figures.
// Read by whoever refuses what is too large, too long or too many.

/** "Lambda quotas": payload of a synchronous invocation, in each direction, 6 MB. */
export const maxSyncPayloadBytes = 6 * 1024 * 1024;

/** AWS lets a response have 100 bytes more than a request, and names this figure in the error. */
export const maxResponseBytes = maxSyncPayloadBytes + 100;

/** "Lambda quotas": payload of an asynchronous invocation, 1 MB (256 KB until October 2025). */
export const maxAsyncPayloadBytes = 1024 * 1024;

/** "Invoke": what the header `X-Amz-Client-Context` may hold, in base64. */
export const maxClientContextBytes = 3583;

/** "Invoke": how much of the log `LogType=Tail` returns. */
export const logTailBytes = 4096;

/** "Understanding the Lambda execution environment lifecycle": the limit of an on-demand init. */
export const initLimitMs = 10_000;

/** The same page on provisioned concurrency: 130 s, or the function's timeout when that is longer. */
export const provisionedInitLimitMs = 130_000;

/** "Using Lambda environment variables": all names and values together. */
export const maxEnvironmentBytes = 4096;
