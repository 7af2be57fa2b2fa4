// event-source/event-source.ts: a queue as the event source of a function: pollers that come and go.
// Started by whoever deploys a mapping, and by the tests.
import { setMaxListeners } from 'node:events';
import { deliver } from './deliver.ts';
import type { Counters, MappingState } from './events.ts';
import { gather } from './gather.ts';
import { morePollersEveryMs, pollErrorWaitMs } from './limits.ts';
import { pause } from './pause.ts';
import { createScaling } from './scaling.ts';
import { type MappingConfig, type MappingSettings, readSettings } from './settings.ts';

export interface EventSourceMapping {
  state(): MappingState;
  /**
   * Takes no more messages, and resolves when the batches under way are handled. A batch that waits
   * after a throttle is given up: it reappears in the queue. The second call does nothing more.
   */
  close(): Promise<void>;
}

/**
 * @throws InvalidParameterValueException (400) for settings that AWS would refuse; SqsError when the
 *   queue is not there
 */
export async function startEventSourceMapping(config: MappingConfig): Promise<EventSourceMapping> {
  return startPollers(await readSettings(config));
}

function startPollers(settings: MappingSettings): EventSourceMapping {
  const closing = new AbortController();
  // Every poller listens while it waits: Node would take more than ten for a leak.
  setMaxListeners(0, closing.signal);
  const scaling = createScaling(settings.mostPollers);
  const counters: Counters = { busy: 0, invocations: 0, deleted: 0, kept: 0 };
  const services = { settings, scaling, counters, closing: closing.signal };
  const running = new Set<Promise<void>>();
  let pollers = 0;
  let growth: NodeJS.Timeout | undefined;

  function fill(): void {
    while (pollers < scaling.wanted() && !closing.signal.aborted) {
      pollers += 1;
      const poller = poll().finally(() => running.delete(poller));
      running.add(poller);
    }
  }

  async function poll(): Promise<void> {
    while (pollers <= scaling.wanted() && !closing.signal.aborted) {
      try {
        await pollOnce();
      } catch (error) {
        settings.emit({ kind: 'error', error });
        await pause(pollErrorWaitMs, closing.signal);
      }
    }
    pollers -= 1;
  }

  async function pollOnce(): Promise<void> {
    const beganMs = settings.now();
    const messages = await gather(settings, closing.signal);
    if (messages.length === 0) {
      scaling.rest();
      // A queue that is closing answers at once: it is not to be asked in a tight loop.
      if (settings.now() - beganMs < pollErrorWaitMs) await pause(pollErrorWaitMs, closing.signal);
      return;
    }
    counters.busy += 1;
    growWhileAllWork();
    await deliver(services, messages).finally(() => {
      counters.busy -= 1;
    });
    // Whoever backed off left a place behind.
    fill();
  }

  /** One more at a time, and not faster than AWS; none while pollers that backed off still work. */
  function growWhileAllWork(): void {
    if (counters.busy < pollers || closing.signal.aborted) return;
    growth ??= setTimeout(() => {
      growth = undefined;
      const allWork = counters.busy >= pollers && pollers === scaling.wanted();
      if (allWork && scaling.more()) fill();
    }, morePollersEveryMs);
  }

  fill();
  return {
    state: () => ({ ...counters, isClosed: closing.signal.aborted, pollers }),
    async close() {
      closing.abort();
      clearTimeout(growth);
      await Promise.all(running);
    },
  };
}
