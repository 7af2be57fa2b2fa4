// api-gateway/limits.ts: the quotas of Amazon API Gateway that are kept here, with AWS's own figures.
// Read by whoever refuses what is too large, too slow or too much.
import type { Throttle } from './token-bucket.ts';

/** "Quotas for configuring and running a REST API": payload, 10 MB. */
export const maxPayloadBytes = 10 * 1024 * 1024;

/** The same page: integration timeout. Regional APIs may ask AWS for more. */
export const integrationTimeoutMs = { least: 50, most: 29_000 } as const;

/** "Throttle requests to your REST APIs": of an account, in a Region, over all its APIs. */
export const accountThrottle: Throttle = { rateLimit: 10_000, burstLimit: 5_000 };

/** "Choose an API key source": characters of a key. */
export const apiKeyLength = { least: 20, most: 128 } as const;
