// serverless/schedules.ts: what a schedule calls, while anybody else calls the shop; else it rests.
// Made by cloud.ts: without a rest, the first schedule would keep a function alive for ever.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Closer } from './deploy/cloud.ts';
import type { Lambda } from './lambda/lambda.ts';

export interface Schedules extends Closer {
  /** Calls `run` every so often while it is awake. */
  add(run: () => void): Closer;
  /** For what `run` calls: a function that nobody else calls keeps no schedule awake. */
  invokeAsync: Lambda['invokeAsync'];
}

export interface SchedulesOptions {
  readonly everyMs: number;
  /** Exists while a schedule is awake: one that is found was left by a cloud that ended then. */
  readonly awakeFile: string;
}

/** There may be orders to finish, which are left alone for 10 s, or callbacks to make. */
const afterRestartMs = 30_000;

/** Awake while an environment lives that no schedule has called, and for a while after a restart. */
export function createSchedules(
  lambda: Pick<Lambda, 'onEvent' | 'invokeAsync'>,
  { everyMs, awakeFile }: SchedulesOptions,
): Schedules {
  const scheduled = new Set<string>();
  const called = new Set<string>();
  const runs = new Set<() => void>();
  const restsAtMs = existsSync(awakeFile) ? performance.now() + afterRestartMs : 0;
  let isAwake = false;

  const stopListening = lambda.onEvent((event) => {
    if (event.kind !== 'environment' || scheduled.has(event.environment.functionName)) return;
    const { id, state } = event.environment;
    if (state === 'ended') called.delete(id);
    else called.add(id);
  });
  const timer = setInterval(() => {
    setAwake(called.size > 0 || performance.now() < restsAtMs);
    if (isAwake) for (const run of runs) run();
  }, everyMs);

  function setAwake(wanted: boolean): void {
    if (wanted && !isAwake) writeFileSync(awakeFile, '');
    if (!wanted) rmSync(awakeFile, { force: true });
    isAwake = wanted;
  }

  return {
    add(run) {
      runs.add(run);
      return { close: () => runs.delete(run) };
    },
    invokeAsync(name, payload, options) {
      scheduled.add(name);
      return lambda.invokeAsync(name, payload, options);
    },
    close() {
      clearInterval(timer);
      stopListening();
    },
  };
}
