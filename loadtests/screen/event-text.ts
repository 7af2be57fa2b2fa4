// screen/event-text.ts: what happened to a process, as people say it.
// Called by status.ts for the last line of the live status.

import { seconds } from '../commands/lib/format.ts';
import type { LifeEvent } from '../targets/life.ts';

/** A death and the restart that follows are told as one sentence. */
export interface EventTeller {
  /** @returns undefined for an event that people need not hear of */
  tell(event: LifeEvent): string | undefined;
}

export function createEventTeller(): EventTeller {
  const ends = new Map<string, string>();
  const pids = new Map<string, number>();
  return {
    tell(event) {
      const { name } = event;
      if (event.kind === 'started') pids.set(name, event.pid);
      if (event.kind === 'died') ends.set(name, event.signal ?? `exit code ${event.code}`);
      if (event.kind === 'restarting')
        return `${name} died (${ends.get(name)}), restarting in ${event.delayMs} ms`;
      // Nobody restarts a function's process: the next request does, if there is one.
      if (event.kind === 'died' && event.isFunction)
        return `${name} lost a process (${ends.get(name)})`;
      if (event.kind === 'ready' && event.isFunction)
        return `${name} has a new process after ${seconds(event.afterMs)}`;
      if (event.kind === 'ready')
        return `${name} is ready again after ${seconds(event.afterMs)}, now pid ${pids.get(name)}`;
      if (event.kind === 'failed') return `${name} gave up: ${event.reason}`;
      return undefined;
    },
  };
}
