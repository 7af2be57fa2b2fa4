// runtime/aws-client.ts: signed requests to one service of AWS, or to what stands in for it.
// Made by lambda-dispatcher.ts and queue.ts.
import aws4 from 'aws4';
import type { AwsSettings } from './config.ts';
import { type Dispatcher, Pool } from './undici.ts';

export interface AwsRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly text: string;
}

export interface AwsClient {
  /** @throws what undici throws, or the signal's reason */
  post(request: AwsRequest): Promise<AwsAnswer>;
  close(): Promise<void>;
}

/**
 * A function that was frozen does not know that the other side has hung up: undici's own timer stood
 * still as well. So after a pause it begins with new connections.
 */
const PAUSE_MS = 3000;

/** @param endpoint without a slash at its end */
export function createAwsClient(
  service: 'lambda' | 'sqs',
  endpoint: string,
  aws: AwsSettings,
): AwsClient {
  const { host } = new URL(endpoint);
  const target = { service, host, region: aws.AWS_REGION, method: 'POST' };
  const credentials = {
    accessKeyId: aws.AWS_ACCESS_KEY_ID,
    secretAccessKey: aws.AWS_SECRET_ACCESS_KEY,
    sessionToken: aws.AWS_SESSION_TOKEN,
  };
  let pool = new Pool(endpoint);
  let usedAtMs = 0;
  let isClosed = false;
  /** Replaced ones with a request under way. */
  const leaving = new Set<Promise<void>>();

  function current(): Pool {
    if (isClosed) throw new Error('This client is closed.');
    const nowMs = Date.now();
    if (nowMs - usedAtMs > PAUSE_MS) {
      const left = pool.close().catch(() => {});
      leaving.add(left);
      void left.then(() => leaving.delete(left));
      pool = new Pool(endpoint);
    }
    usedAtMs = nowMs;
    return pool;
  }

  return {
    async post({ path, headers, body, signal }) {
      const signed = aws4.sign({ ...target, path, headers: { ...headers }, body }, credentials);
      const answer = await current().request({
        method: 'POST',
        path,
        headers: signed.headers as Record<string, string>,
        body,
        signal,
      });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await Promise.all([pool.close(), ...leaving]);
    },
  };
}
