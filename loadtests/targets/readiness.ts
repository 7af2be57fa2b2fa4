// targets/readiness.ts: asks a process over HTTP whether it is ready.
// Called by supervisor.ts; node:http without an agent, so no connection stays open between looks.
import { get } from 'node:http';

/** How often a start is looked at: the error of every measured start and recovery time. */
export const lookEveryMs = 20;
const answerTimeoutMs = 1000;

/** @returns true for status 200, false for anything else, a refused connection or 1 s of silence */
export function answersReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: answerTimeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}
