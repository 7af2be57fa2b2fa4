// runtime/rate-limit.ts: so many calls a second for each key, and how long the next one must wait.
// Used by front-door.ts, at every request: a Map and a clock, no promise and no timer.

const WINDOW_MS = 1000;

/** From a key's first call on, one second long. */
interface Window {
  readonly endsMs: number;
  taken: number;
}

/**
 * @param mostPerSecond ≥ 1; a refused call does not prolong the wait
 * @param nowMs any clock that never goes back
 * @returns for each call of a key: 0 when it may pass, else the ms until its window ends
 */
export function createRateLimit(
  mostPerSecond: number,
  nowMs: () => number = () => performance.now(),
): (key: string) => number {
  const windows = new Map<string, Window>();
  let forgetAtMs = 0;
  return (key) => {
    const now = nowMs();
    // Once a second: the map holds no more keys than came within two seconds.
    if (now >= forgetAtMs) {
      forgetEnded(windows, now);
      forgetAtMs = now + WINDOW_MS;
    }
    const window = windows.get(key);
    if (window === undefined || now >= window.endsMs) {
      windows.set(key, { endsMs: now + WINDOW_MS, taken: 1 });
      return 0;
    }
    window.taken += 1;
    return window.taken > mostPerSecond ? window.endsMs - now : 0;
  };
}

function forgetEnded(windows: Map<string, Window>, now: number): void {
  for (const [key, { endsMs }] of windows) if (now >= endsMs) windows.delete(key);
}
