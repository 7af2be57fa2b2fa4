// runtime/log.ts: one JSON line an event, on standard output (pino).
// Every process makes one logger; a request's line carries its id and trace.
import { type Logger, pino } from 'pino';
import type { Call } from './call.ts';

export type { Logger };

export function createLogger(component: string, level: string): Logger {
  return pino({ level, base: { component }, timestamp: pino.stdTimeFunctions.isoTime });
}

/** One line a request at level info; an answer of 500 or more is an error. */
export function logRequest(
  log: Logger,
  call: Pick<Call, 'requestId' | 'traceparent'>,
  line: { operation: string; status: number; latencyMs: number },
): void {
  if (line.status >= 500) log.error({ ...line, ...call }, 'request');
  else if (log.isLevelEnabled('info')) log.info({ ...line, ...call }, 'request');
}
