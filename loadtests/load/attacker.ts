// load/attacker.ts: sends shots on schedule whatever the target does, and says what became of each.
// Run by attack-process.ts, in a process that does nothing else.
import type { Pool } from 'undici';
import type { Shot } from '../scenarios/shot.ts';
import { exchange, openPool } from './exchange.ts';
import { judge, judgeFailure, type Verdict } from './outcome.ts';
import type { Schedule } from './pacer.ts';
import type { Row } from './results.ts';

export interface AttackOptions {
  /** Scheme, host and port; the caller has made sure that it is this machine. */
  readonly baseUrl: string;
  readonly nextShot: () => Shot;
  readonly schedule: Schedule;
  /** Between two arrivals, on average: decides how finely it waits for the next. */
  readonly meanGapMs: number;
  /** `spin` never sleeps: the most punctual there is, for the price of a whole core. */
  readonly wait: 'poll' | 'spin';
  /** From the intended time; then the request is hung and its connection dropped. */
  readonly deadlineMs: number;
  readonly sloMs: number;
  /** Beyond it an arrival is dropped, and counted. */
  readonly maxInFlight: number;
  /** Time 0 of the schedule on this process's performance.now(). */
  readonly startMs: number;
  /** Called once an arrival, in order of completion. */
  readonly onRow: (row: Row) => void;
}

export interface RunningAttack {
  /** No arrival from now on; requests in flight still get their deadline. */
  stop(): void;
  /** Every arrival has its row and the pool is closed. */
  readonly finished: Promise<void>;
}

/** Open loop: a request leaves because it is time, never because another came back. */
export function attack(options: AttackOptions): RunningAttack {
  const { schedule, startMs } = options;
  const pool = openPool(options.baseUrl, options.maxInFlight, options.deadlineMs);
  const flights = new Set<Flight>();
  const nowMs = () => performance.now() - startMs;
  const pollMs = options.wait === 'spin' ? Infinity : Math.min(POLL_MS, options.meanGapMs / 3);
  const finished = new Promise<void>((resolve) => {
    const tick = () => {
      for (const intendedMs of schedule.takeDue(nowMs())) fire(options, pool, flights, intendedMs);
      sweep(flights, nowMs() - options.deadlineMs);
      const nextMs = schedule.nextMs();
      if (nextMs === undefined && flights.size === 0) return resolve(pool.destroy());
      const untilNextMs = (nextMs ?? Infinity) - nowMs();
      wait(Math.min(untilNextMs, SWEEP_EVERY_MS), pollMs, tick);
    };
    tick();
  });
  return { stop: () => schedule.endAt(nowMs()), finished };
}

/** Between two arrivals deadlines are looked at this often, so `hung` is right to 5 ms. */
const SWEEP_EVERY_MS = 5;

interface Flight {
  readonly intendedMs: number;
  readonly hang: () => void;
}

function fire(options: AttackOptions, pool: Pool, flights: Set<Flight>, intendedMs: number): void {
  const shot = options.nextShot();
  const nowMs = () => performance.now() - options.startMs;
  const sentMs = nowMs();
  const settle = (verdict: Verdict, endMs: number) => {
    flights.delete(flight);
    options.onRow(rowOf(shot, { intendedMs, sentMs, endMs }, verdict));
  };
  const flight: Flight = {
    intendedMs,
    hang() {
      giveUp();
      settle({ outcome: 'hung', status: 0, reason: 'deadline' }, nowMs());
    },
  };
  if (flights.size >= options.maxInFlight) {
    settle({ outcome: 'dropped', status: 0, reason: 'max-in-flight' }, sentMs);
    return;
  }
  flights.add(flight);
  const giveUp = exchange(pool, shot, {
    onAnswer(answer) {
      const endMs = nowMs();
      settle(judge(shot, answer, endMs - intendedMs, options.sloMs), endMs);
    },
    onFailure: (error) => settle(judgeFailure(error), nowMs()),
  });
}

// The deadline is the same for all and a Set keeps its order, so the first that may live ends it.
function sweep(flights: ReadonlySet<Flight>, hungBeforeMs: number): void {
  for (const flight of flights) {
    if (flight.intendedMs > hungBeforeMs) return;
    flight.hang();
  }
}

interface Times {
  readonly intendedMs: number;
  readonly sentMs: number;
  readonly endMs: number;
}

function rowOf(shot: Shot, times: Times, verdict: Verdict): Row {
  const { outcome, status, reason, orderId } = verdict;
  return {
    t: rounded(times.intendedMs),
    lag: rounded(times.sentMs - times.intendedMs),
    ms: rounded(times.endMs - times.intendedMs),
    op: shot.operation.id,
    feature: shot.operation.feature,
    outcome,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(orderId === undefined ? {} : { orderId }),
  };
}

const rounded = (ms: number) => Math.round(ms * 1000) / 1000;

// A timer is late by up to 1.1 ms, so the last stretch is polled: setImmediate keeps answers coming
// in. A stretch of at most a third of the gap bounds the cost to about a third of a core; at 500
// a second and more the timer decides, and lateness is that of the timer.
const POLL_MS = 1.2;

function wait(ms: number, pollMs: number, then: () => void): void {
  if (ms > pollMs) setTimeout(then, ms - pollMs);
  else setImmediate(then);
}
