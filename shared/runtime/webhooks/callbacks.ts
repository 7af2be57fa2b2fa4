// webhooks/callbacks.ts: the callbacks of one process: judges new URLs, and calls what is due every second.
// Made by server.ts and, where nothing runs between requests, by handler.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../../domain/problems.ts';
import type { Logger } from '../log.ts';
import { checkedAddresses, RefusedUrl, readUrl, resolveBySystem } from './destination.ts';
import { createPolicy } from './policy.ts';
import { type CallbackStore, carryDue } from './rounds.ts';
import { createSend } from './send.ts';

export interface Callbacks {
  /** @throws CALLBACK_REFUSED (422) when the shop would not call that URL; undefined is none */
  check(url: string | undefined): Promise<void>;
  /**
   * All that is due, 20 at a time. What fails waits for another time.
   * @param leftMs of the caller's own: no call is begun that could outlast it
   */
  round(leftMs: number): Promise<void>;
  /** Rounds until `close`, which waits for the calls under way, 3 s at most. */
  keepCalling(): { close(): Promise<void> };
}

export interface CallbackSettings {
  readonly CALLBACK_ALLOW: readonly string[];
  readonly CALLBACK_SECRET: string;
}

const EVERY_MS = 1000;
/** Shorter than a process has to stop: a receiver that hangs must not make it be killed. */
const TIMEOUT_MS = 3000;
/** For what stands before and after a call: a few statements. */
const MARGIN_MS = 1000;
/** The customer waits for it. */
const LOOKUP_MS = 1000;

/** A name server that does not answer now may do so later: that is not the customer's fault. */
function refusal(error: unknown) {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof RefusedUrl)
    return problem('callbackRefused', `callbackUrl ${error.message}.`);
  if (code === 'ENOTFOUND') return problem('callbackRefused', 'callbackUrl names no host.');
  const detail = 'The host of callbackUrl cannot be looked up now.';
  return problem('dependencyUnavailable', detail, { dependency: 'name server' });
}

export function createCallbacks(
  store: CallbackStore,
  settings: CallbackSettings,
  log: Pick<Logger, 'error'>,
): Callbacks {
  const allowed = createPolicy(settings.CALLBACK_ALLOW);
  const shared = { now: () => new Date(), timeoutMs: TIMEOUT_MS };
  const secret = settings.CALLBACK_SECRET;
  const send = createSend({ ...shared, allowed, resolve: resolveBySystem, secret });

  async function roundWhile(goesOn: () => boolean): Promise<void> {
    try {
      const options = { ...shared, send, random: Math.random };
      while (goesOn() && (await carryDue(store, options)) > 0);
    } catch (error) {
      log.error({ err: error }, 'callbacks failed, trying again');
    }
  }

  return {
    round(leftMs) {
      const lastMs = performance.now() + leftMs - TIMEOUT_MS - MARGIN_MS;
      return roundWhile(() => performance.now() < lastMs);
    },
    async check(text) {
      if (text === undefined) return;
      const signal = AbortSignal.timeout(LOOKUP_MS);
      try {
        await checkedAddresses(readUrl(text), allowed, resolveBySystem, signal);
      } catch (error) {
        throw refusal(error);
      }
    },
    keepCalling() {
      const closing = new AbortController();
      async function run(): Promise<void> {
        while (!closing.signal.aborted) {
          await roundWhile(() => !closing.signal.aborted);
          await sleep(EVERY_MS, undefined, { signal: closing.signal }).catch(() => {});
        }
      }
      const running = run();
      return {
        async close() {
          closing.abort();
          await running;
        },
      };
    },
  };
}
