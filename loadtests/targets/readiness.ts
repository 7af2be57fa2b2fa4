// targets/readiness.ts: asks a process over HTTP whether it is ready.
// Called by supervisor.ts; node:http without an agent, so no connection stays open between looks.
import { get, type IncomingMessage } from 'node:http';

const leastMs = 20;
const shareOfWait = 0.02;

/**
 * When to look at a start again, in ms: the error of every measured start and recovery time, 20 ms or
 * 2 % of it. More often would take from those who start.
 */
export function nextLookMs(waitedMs: number): number {
  return Math.max(leastMs, shareOfWait * waitedMs);
}

const answerTimeoutMs = 1000;

/** `why` says what came instead of status 200, for the error a person reads. */
export interface Readiness {
  readonly ready: boolean;
  readonly why: string;
}

/** Ready is status 200; not anything else, a refused connection or 1 s of silence. */
export function askReady(url: string): Promise<Readiness> {
  return new Promise((resolve) => {
    const refuse = (why: string) => resolve({ ready: false, why });
    const request = get(url, { agent: false, timeout: answerTimeoutMs }, (response) => {
      if (response.statusCode === 200) {
        response.resume();
        resolve({ ready: true, why: '' });
        return;
      }
      // Read to its end first: the request closes with the body, and would answer for it.
      request.removeAllListeners('close');
      beginningOf(response).then(
        (body) => refuse(`${response.statusCode} ${body}`),
        () => refuse('half an answer'),
      );
    });
    request.once('timeout', () => request.destroy());
    request.once('error', (error) => refuse(error.message));
    request.once('close', () => refuse('no answer'));
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  return Buffer.concat(await response.toArray())
    .toString('utf8')
    .slice(0, 300);
}
