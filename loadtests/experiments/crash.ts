// experiments/crash.ts: crashes one component through its fault switch and watches it come back.
// Called by run-target.ts. The same request in every shape; what dies is the shape's business.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { LifeEvent } from '../targets/life.ts';
import { nowMs } from '../targets/life.ts';
import type { RunningTarget } from '../targets/platform.ts';

/** Times are epoch ms (nowMs); null: it never came to that within the hold. */
export interface Crash {
  readonly component: string;
  readonly process: string;
  readonly orderedAtMs: number;
  readonly diedAtMs: number | null;
  readonly readyAtMs: number | null;
  readonly endedAtMs: number;
}

/** Requests still on their way when a component is ready again are given this long. */
const SETTLE_MS = 1000;
const LOOK_EVERY_MS = 50;
/** A component that is not back after this many holds stays down in the result. */
const MOST_HOLDS = 4;

/**
 * Switches the fault on, holds for `holdMs`, and longer (up to four times) while a process is down.
 * @throws when the fault switch does not take the order: the experiment would show nothing
 */
export async function crashComponent(
  running: RunningTarget,
  component: string,
  options: { holdMs: number; instructorKey: string; signal: AbortSignal },
): Promise<Crash> {
  const events: LifeEvent[] = [];
  const unsubscribe = running.onEvent((event) => events.push(event));
  const orderedAtMs = nowMs();
  try {
    await orderCrash(running.baseUrl, component, options);
    await hold(orderedAtMs, events, options);
  } finally {
    unsubscribe();
  }
  const died = events.find((event) => event.kind === 'died');
  const ready = events.find((event) => event.kind === 'ready' && event.name === died?.name);
  return {
    component,
    process: died?.name ?? 'nothing died',
    orderedAtMs,
    diedAtMs: died?.atMs ?? null,
    readyAtMs: ready?.atMs ?? null,
    endedAtMs: nowMs(),
  };
}

async function orderCrash(
  baseUrl: string,
  component: string,
  { holdMs, instructorKey }: { holdMs: number; instructorKey: string },
): Promise<void> {
  const answer = await request(`${baseUrl}/chaos/${component}`, {
    method: 'PUT',
    headers: { 'x-api-key': instructorKey, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'crash', durationMs: Math.max(100, holdMs) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`The fault was refused: ${text}`);
}

async function hold(
  orderedAtMs: number,
  events: readonly LifeEvent[],
  { holdMs, signal }: { holdMs: number; signal: AbortSignal },
): Promise<void> {
  await sleep(holdMs, undefined, { signal });
  while (nowMs() - orderedAtMs < MOST_HOLDS * holdMs && !settled(events)) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

function settled(events: readonly LifeEvent[]): boolean {
  const down = new Map<string, boolean>();
  for (const { name, kind } of events) down.set(name, kind !== 'ready');
  const last = events.at(-1);
  return ![...down.values()].includes(true) && nowMs() - (last?.atMs ?? 0) > SETTLE_MS;
}
