// live/boxes.ts: the processes of a shape and how each is: dead, hung, starting or up.
// Called by live-server.ts twice a second; it hears from the supervisor, where there is one, and asks.
import { request } from 'undici';
import type { LifeEvent } from '../../targets/life.ts';
import type { ComponentStatus } from '../../targets/platform.ts';
import type { Component } from '../../targets/targets.ts';
import type { LiveShape } from './live-shape.ts';
import type { Box, BoxState } from './live-state.ts';

/** Longer than any healthy process takes for an answer without work, shorter than anybody's patience. */
const HUNG_AFTER_MS = 700;

export interface Watch {
  boxes(): Box[];
  /** Asks every process that should answer. */
  look(): Promise<void>;
  close(): void;
}

export function watchTarget(running: LiveShape): Watch {
  const silent = new Set<string>();
  const functions = countFunctions(running);
  return {
    async look() {
      if (running.asked !== undefined) return running.asked.look();
      const up = running.components.filter(({ state }) => state === 'ready');
      await Promise.all(
        up.map(async ({ name, url }) => {
          if (await answers(url)) silent.delete(name);
          else silent.add(name);
        }),
      );
    },
    boxes: () => [
      ...running.components.map((status, at) =>
        processBox(
          running.target.components[at],
          status,
          running.asked?.stateOf(status.name) ?? stateOf(status, silent.has(status.name)),
        ),
      ),
      ...(running.target.functions ?? []).map((one) => functionBox(one, functions.count(one.name))),
    ],
    close: functions.close,
  };
}

async function answers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(HUNG_AFTER_MS);
  try {
    const { body } = await request(`${url}/health`, { signal });
    await body.dump();
    return true;
  } catch {
    // One that is gone is dead, and the supervisor says so.
    return !signal.aborted;
  }
}

function processBox(
  component: Component | undefined,
  status: ComponentStatus,
  state: BoxState,
): Box {
  return {
    name: status.name,
    state,
    features: component?.features ?? [],
    hasDatabase: component?.hasDatabase ?? false,
    isFunction: false,
    processes: status.pid === undefined ? 0 : 1 + (status.workerPids?.length ?? 0),
    rssMb: Math.round(status.rssBytes / 1e6),
    restarts: status.restarts,
  };
}

function stateOf({ state }: ComponentStatus, isSilent: boolean): BoxState {
  if (state === 'ready') return isSilent ? 'hung' : 'up';
  if (state === 'paused') return 'hung';
  return state === 'starting' ? 'starting' : 'dead';
}

function functionBox({ name, features, hasDatabase }: Component, processes: number): Box {
  const state = processes > 0 ? 'up' : 'idle';
  const base = { features, hasDatabase, isFunction: true, rssMb: 0, restarts: 0 };
  return { name, state, processes, ...base };
}

/** Functions come and go: their processes are counted by what the cloud tells of them. */
function countFunctions(running: LiveShape) {
  const living = new Map<string, number>();
  const hear = ({ isFunction, kind, name }: LifeEvent) => {
    // A cloud that dies takes its functions with it, and tells of none.
    if (kind === 'died' && name === running.target.frontDoor) living.clear();
    if (isFunction !== true) return;
    const by = kind === 'started' ? 1 : kind === 'died' || kind === 'stopped' ? -1 : 0;
    living.set(name, Math.max(0, (living.get(name) ?? 0) + by));
  };
  for (const event of running.events) hear(event);
  const close = running.onEvent(hear);
  /** The cloud's name of a function ends in that of its feature. */
  const count = (feature: string) =>
    [...living].reduce((sum, [name, alive]) => sum + (name.endsWith(`-${feature}`) ? alive : 0), 0);
  return { count, close };
}
