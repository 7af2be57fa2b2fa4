// chassis/reader-keeper.ts: keeps one reader alive, and knows whose question each of its answers is.
// Called by placement.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '@lab/shared/domain/problems.ts';
import { nextDelayMs } from '@lab/shared/runtime/backoff.ts';
import { UnusableDatabase, type Value } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Told } from '../reader.ts';
import type { Listener, Reader } from './reader-ways.ts';

/** A reader, whichever life it is in. */
export interface Keeper {
  /**
   * @throws DEPENDENCY_UNAVAILABLE (503) when the reader ends before it has answered, or is not there
   * @throws Error with the words of the database
   */
  all<Row>(sql: string, params?: readonly Value[]): Promise<Row[]>;
  /** Resolves when the reader has ended. */
  close(): Promise<void>;
}

type Start = (listener: Listener) => Reader;

interface Waiting {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

/** One start of the reader. */
interface Life {
  readonly reader: Reader;
  /** Undefined once its database is open; why it ended, if it did before. */
  readonly failure: Promise<string | undefined>;
  readonly over: Promise<string>;
}

/**
 * Starts a reader, and another one when it ends: after 100 ms, doubling.
 * @throws UnusableDatabase when the first does not come up
 */
export async function keepReader(start: Start, log: Logger): Promise<Keeper> {
  const questions = createQuestions();
  const stopped = new AbortController();
  let life: Life | undefined = begin(start, questions.answer);
  const failure = await life.failure;
  if (failure !== undefined)
    throw new UnusableDatabase(`The reader of reports did not start (${failure}); see the log.`);

  async function keep(): Promise<void> {
    for (let delayMs: number | undefined; life !== undefined; ) {
      const startedMs = performance.now();
      const reason = await life.over;
      life = undefined;
      questions.refuseAll();
      if (stopped.signal.aborted) return;
      delayMs = nextDelayMs(delayMs, performance.now() - startedMs);
      log.error({ reason, delayMs }, 'the reader of reports has ended');
      await sleep(delayMs, undefined, { signal: stopped.signal }).catch(() => {});
      if (!stopped.signal.aborted) life = begin(start, questions.answer);
    }
  }

  const kept = keep();
  return {
    all: <Row>(sql: string, params: readonly Value[] = []) =>
      questions.ask(life?.reader, sql, params) as Promise<Row[]>,
    close() {
      stopped.abort();
      life?.reader.end();
      return kept;
    },
  };
}

function begin(start: Start, answer: Answer): Life {
  let ready = (): void => {};
  let ended = (_reason: string): void => {};
  const isReady = new Promise<undefined>((resolve) => {
    ready = () => resolve(undefined);
  });
  const over = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const told = (message: Told): void => (message === 'ready' ? ready() : answer(message));
  return { reader: start({ told, ended }), over, failure: Promise.race([isReady, over]) };
}

type Answer = (told: Exclude<Told, 'ready'>) => void;

/** Those that wait for an answer, by the number of their question. */
function createQuestions() {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const answer: Answer = (told) => {
    const who = waiting.get(told.id);
    waiting.delete(told.id);
    if ('rows' in told) who?.resolve(told.rows);
    else who?.reject(new Error(told.failure));
  };
  return {
    answer,
    ask(reader: Reader | undefined, sql: string, params: readonly Value[]): Promise<unknown[]> {
      if (reader === undefined) return Promise.reject(unavailable());
      asked += 1;
      const id = asked;
      reader.ask({ id, sql, params });
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    refuseAll(): void {
      for (const { reject } of waiting.values()) reject(unavailable());
      waiting.clear();
    },
  };
}

const unavailable = () =>
  problem('dependencyUnavailable', 'The reader of reports has ended; another one is starting.', {
    dependency: 'reports reader',
  });
