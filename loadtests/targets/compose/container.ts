// targets/compose/container.ts: one container across its restarts, which are the engine's to make.
// Made by compose-platform.ts for each component and each database; told what the engine tells.
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../cannot-start.ts';
import { type LifeEvent, type LifeFact, nowMs, type ProcessState } from '../life.ts';
import type { ProcessStatus } from '../platform.ts';
import { askReady, nextLookMs } from '../readiness.ts';
import { readUsage, sumUsage } from '../usage.ts';
import { docker, lastLines } from './engine.ts';
import type { ContainerEvent } from './events.ts';
import { pidInside } from './pid-inside.ts';

/**
 * Starts in a row that end before they are ready, where it has not been ready since it was asked for:
 * another one would not help. Later it may be its database that is away.
 */
const FUTILE_STARTS = 3;
const WAIT_EVERY_MS = 20;
/** The engine tells of a death within a fraction of it. */
const REFUSED_AFTER_MS = 3000;

export interface ContainerSpec {
  readonly name: string;
  /** As `docker` calls it. */
  readonly container: string;
  /** Undefined: its own health check says when it is ready. */
  readonly readyUrl: string | undefined;
  /** The component it is a replica of. */
  readonly of: string | undefined;
}

export interface Container {
  readonly spec: ContainerSpec;
  status(): ProcessStatus;
  hear(event: ContainerEvent): void;
  /** What ends it from now on was asked for, until it starts again. */
  expectEnd(): void;
  /** Resolves when it is ready. @throws CannotStart when it gave up, was stopped, or is late */
  waitReady(timeoutMs: number): Promise<void>;
  /** SIGKILL to all processes inside but the first: the restart policy then acts. */
  kill(): void;
  pause(): void;
  resume(): void;
}

export function createContainer(spec: ContainerSpec, tell: (event: LifeEvent) => void): Container {
  const { name, container, readyUrl, of } = spec;
  let state: ProcessState = 'starting';
  let pid: number | undefined;
  let restarts = 0;
  let lives = 0;
  let startedAtMs = 0;
  let asked = false;
  let answered = false;
  let futile = 0;
  let wasReady = false;
  let outOfMemory = false;
  const announce = (fact: LifeFact) =>
    tell({ name, ...(of !== undefined && { of }), atMs: nowMs(), ...fact });

  async function started(): Promise<void> {
    lives += 1;
    const life = lives;
    if (futile >= FUTILE_STARTS) return;
    if (lives > 1 && !asked) restarts += 1;
    [asked, answered, outOfMemory, state] = [false, false, false, 'starting'];
    startedAtMs = nowMs();
    pid = await pidInside(container);
    if (life !== lives) return;
    announce({ kind: 'started', pid: pid ?? 0 });
    if (readyUrl === undefined) return;
    while (life === lives && state === 'starting') {
      const { ready } = await askReady(readyUrl);
      if (ready && life === lives && state === 'starting') return isReady();
      await sleep(nextLookMs(nowMs() - startedAtMs));
    }
  }

  function isReady(): void {
    answered = true;
    wasReady = true;
    futile = 0;
    state = 'ready';
    announce({ kind: 'ready', afterMs: nowMs() - startedAtMs });
  }

  function died(code: number | null): void {
    pid = undefined;
    if (asked) {
      state = 'stopped';
      announce({ kind: 'stopped', code, signal: null });
      return;
    }
    announce({ kind: 'died', code, signal: null, ...(outOfMemory && { outOfMemory }) });
    if (!wasReady) futile += 1;
    state = futile >= FUTILE_STARTS ? 'failed' : 'waiting';
  }

  function hear({ action, exitCode }: ContainerEvent): void {
    if (action === 'start') void started();
    if (action === 'oom') outOfMemory = true;
    if (action === 'die') died(exitCode ?? null);
    if (action === 'health_status: healthy' && readyUrl === undefined && state === 'starting')
      isReady();
    if (action === 'pause') {
      state = 'paused';
      announce({ kind: 'paused' });
    }
    if (action === 'unpause') {
      state = answered ? 'ready' : 'starting';
      announce({ kind: 'resumed' });
    }
  }

  return {
    spec,
    hear,
    status() {
      const usage = sumUsage(pid === undefined ? [] : readUsage([pid]).values());
      return { name, pid, ...usage, restarts, state };
    },
    expectEnd() {
      asked = true;
      wasReady = false;
      futile = 0;
      // At once: whoever waits for readiness next must not be told of what is ending.
      state = 'stopped';
    },
    async waitReady(timeoutMs) {
      const giveUpAtMs = nowMs() + timeoutMs;
      while (state !== 'ready') {
        const late = nowMs() > giveUpAtMs;
        if (late || state === 'failed') throw await whyNot(spec, late ? timeoutMs : undefined);
        await sleep(WAIT_EVERY_MS);
      }
    },
    kill() {
      if (pid === undefined && state !== 'ready') return;
      // At once: whoever asks for readiness next must not be told of what is ending.
      state = 'waiting';
      const life = lives;
      // The shell dies with what it kills. Of a kill that was refused nothing is heard afterwards.
      docker(['exec', container, 'sh', '-c', 'kill -9 -1']).catch(async () => {
        await sleep(REFUSED_AFTER_MS);
        if (state === 'waiting' && life === lives && pid !== undefined)
          state = answered ? 'ready' : 'starting';
      });
    },
    pause: () => unheeded('pause', container),
    resume: () => unheeded('unpause', container),
  };
}

/** What follows is heard from the engine. */
function unheeded(...args: string[]): void {
  docker(args).catch(() => {});
}

async function whyNot({ name, container }: ContainerSpec, lateAfterMs?: number) {
  const log = await lastLines(container, 3);
  const what =
    lateAfterMs === undefined
      ? `${name} cannot start`
      : `${name} was not ready within ${lateAfterMs / 1000} s`;
  return new CannotStart(`${what}: ${log.trim() || 'it said nothing'}`);
}
