// lambda/test-kit.ts: functions made of a few lines, a service to run them, the real SDK to call it.
// Called by the tests of this folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { LambdaEvent } from './events.ts';
import type { FunctionConfig } from './function-config.ts';
import { type Lambda, type LambdaOptions, startLambda } from './lambda.ts';

export interface TestLambda extends Lambda {
  readonly client: LambdaClient;
  readonly events: readonly LambdaEvent[];
  /** Logs are in its `logs`. */
  readonly folder: string;
  /** Creates a function whose `handler.mjs` is this text; `handler` alone may be given as an arrow. */
  define(name: string, source: string, config?: Partial<FunctionConfig>): void;
  /** A folder with such a `handler.mjs`, for an update. */
  code(source: string): string;
  /** Lines of the function's log so far. */
  lines(name: string): string[];
}

/** Every test gets its own, on a free port. */
export async function startTestLambda(options: Partial<LambdaOptions> = {}): Promise<TestLambda> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-lambda-test-'));
  const lambda = await startLambda({ port: 0, host: '127.0.0.1', folder, ...options });
  const client = clientOf(lambda.url);
  const events: LambdaEvent[] = [];
  lambda.onEvent((event) => events.push(event));
  let folders = 0;

  function code(source: string): string {
    folders += 1;
    const to = join(folder, `zip-${folders}`);
    mkdirSync(to);
    const isArrow = /^(async )?\(/.test(source);
    writeFileSync(join(to, 'handler.mjs'), isArrow ? `export const handler = ${source};` : source);
    return to;
  }
  return {
    ...lambda,
    client,
    events,
    folder,
    code,
    define(name, source, config = {}) {
      lambda.createFunction({ name, codeFolder: code(source), ...config });
    },
    lines: (name) =>
      events.flatMap((event) =>
        event.kind === 'line' && event.functionName === name ? [event.line] : [],
      ),
    async close() {
      client.destroy();
      await lambda.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A handler that answers with its pid once the file `event.until` exists: an invocation to hold. */
export const holding = `
import { existsSync } from 'node:fs';
export async function handler({ until }) {
  while (!existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 5));
  return process.pid;
}`;

/** One attempt only: a test wants to see the refusal. */
export function clientOf(url: string): LambdaClient {
  return new LambdaClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

/** The letter of /proc: `T` is stopped, `Z` a zombie; undefined when there is no such process. */
export function processState(pid: number): string | undefined {
  try {
    return /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** A zombie counts as gone: it only waits for its parent to look. */
export function isGone(pid: number): boolean {
  return [undefined, 'Z', 'X'].includes(processState(pid));
}

/** For expect.poll. As long as a busy machine may need: no test is about how fast something is. */
export const patience = { timeout: 30_000, interval: 10 };

export function json(bytes: Uint8Array | undefined): unknown {
  return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
}
