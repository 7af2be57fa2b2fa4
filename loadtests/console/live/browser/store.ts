// browser/store.ts: what the page knows: the last state, and the seconds of the last two minutes.
// Fed by the stream, read by every part of the page.
import { useEffect, useState } from 'preact/hooks';
import type { LiveState, SecondLive } from '../live-state.ts';
import { SHOWN_MS } from '../live-state.ts';

export interface Known {
  readonly state: LiveState | null;
  /** By shape, oldest first. */
  readonly seconds: ReadonlyMap<string, readonly SecondLive[]>;
  /** False while the lab's server is away: what is shown is old then. */
  readonly live: boolean;
}

let known: Known = { state: null, seconds: new Map(), live: false };
const listeners = new Set<() => void>();

function tell(change: Partial<Known>): void {
  known = { ...known, ...change };
  for (const listener of listeners) listener();
}

export function useKnown(): Known {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((times) => times + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return known;
}

/** Connects for good: the browser tries again by itself. What cannot be read is left out. */
export function listen(url: string): EventSource {
  const source = new EventSource(url);
  source.addEventListener('open', () => tell({ live: true }));
  source.addEventListener('error', () => tell({ live: false }));
  source.addEventListener('state', ({ data }) => {
    const state = parsed<LiveState>(data);
    if (Array.isArray(state?.shapes)) tell({ state, live: true });
  });
  source.addEventListener('seconds', ({ data }) => {
    const seconds = parsed<SecondLive[]>(data);
    if (Array.isArray(seconds)) tell({ seconds: withSeconds(known.seconds, seconds) });
  });
  return source;
}

function parsed<Value>(data: unknown): Value | null {
  try {
    return JSON.parse(String(data)) as Value;
  } catch {
    return null;
  }
}

/** A second that comes again replaces what was known of it. */
export function withSeconds(
  before: ReadonlyMap<string, readonly SecondLive[]>,
  more: readonly SecondLive[],
): ReadonlyMap<string, readonly SecondLive[]> {
  const after = new Map(before);
  for (const shape of new Set(more.map((second) => second.shape))) {
    const bySecond = new Map((before.get(shape) ?? []).map((second) => [second.atMs, second]));
    for (const second of more) if (second.shape === shape) bySecond.set(second.atMs, second);
    const newestMs = Math.max(...bySecond.keys());
    const kept = [...bySecond.values()].filter(({ atMs }) => atMs > newestMs - SHOWN_MS);
    after.set(
      shape,
      kept.sort((one, other) => one.atMs - other.atMs),
    );
  }
  return after;
}
