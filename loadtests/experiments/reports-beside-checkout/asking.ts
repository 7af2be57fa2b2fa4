// reports-beside-checkout/asking.ts: asks a shop for its revenue, without waiting for the answer before.
// Called by arms.ts; the load of checkout is the generator's.
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { Pool } from 'undici';
import { nowMs } from '../../targets/life.ts';

/** One report, as who asked for it saw it; times on the clock of nowMs. */
export interface Report {
  readonly askedAtMs: number;
  readonly ms: number;
  /** HTTP status, 0 where no answer came. */
  readonly status: number;
  /** When the newest order in it was placed, ms since 1970; null where there is none. */
  readonly asOfMs: number | null;
}

export interface Asker {
  /** One at a time. */
  inTurn(count: number): Promise<Report[]>;
  /** One every `everyMs` for `lengthMs`; resolves when all are answered. */
  every(everyMs: number, lengthMs: number): Promise<Report[]>;
  /** All of them now. */
  atOnce(count: number): Promise<Report[]>;
  close(): Promise<void>;
}

/** Every row of the past is read, and grouped into ten. */
const PATH = '/reports/revenue?by=category';
/** More than ever wait for an answer. */
const CONNECTIONS = 128;
const DEADLINE_MS = 60_000;

export function createAsker(baseUrl: string, signal: AbortSignal): Asker {
  const times = { headersTimeout: DEADLINE_MS, bodyTimeout: DEADLINE_MS };
  const pool = new Pool(baseUrl, { connections: CONNECTIONS, ...times });
  const ask = () => askOnce(pool);
  return {
    async inTurn(count) {
      const reports: Report[] = [];
      while (reports.length < count && !signal.aborted) reports.push(await ask());
      return reports;
    },
    async every(everyMs, lengthMs) {
      const beganMs = nowMs();
      const asked: Promise<Report>[] = [];
      for (let dueMs = 0; dueMs < lengthMs; dueMs += everyMs) {
        await sleep(Math.max(0, beganMs + dueMs - nowMs()), undefined, { signal });
        asked.push(ask());
      }
      await sleep(Math.max(0, beganMs + lengthMs - nowMs()), undefined, { signal });
      return Promise.all(asked);
    },
    atOnce: (count) => Promise.all(Array.from({ length: count }, ask)),
    // Whatever is still asked for is of no use to anybody.
    close: () => pool.destroy(),
  };
}

async function askOnce(pool: Pool): Promise<Report> {
  const askedAtMs = nowMs();
  const seen = (status: number, asOf: string | null) => ({
    askedAtMs,
    ms: nowMs() - askedAtMs,
    status,
    asOfMs: asOf === null ? null : Date.parse(asOf),
  });
  try {
    const headers = { 'x-api-key': DEMO_CUSTOMER_KEY };
    const { statusCode, body } = await pool.request({ path: PATH, method: 'GET', headers });
    const { asOf = null } = (await body.json()) as { asOf?: string | null };
    return seen(statusCode, asOf);
  } catch {
    return seen(0, null);
  }
}
