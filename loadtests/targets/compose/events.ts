// targets/compose/events.ts: what the engine tells of a project's containers, as it happens.
// Called by compose-platform.ts, once a running target; `docker events` in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Project } from './project.ts';

export interface ContainerEvent {
  /** As docker-compose.yml calls it. */
  readonly service: string;
  /** `start`, `die`, `oom`, `pause`, `unpause`, `health_status: healthy` and others. */
  readonly action: string;
  /** Of `die`. */
  readonly exitCode: number | undefined;
  /** The engine's clock, nanoseconds since 1970: no two events of an engine have the same. */
  readonly timeNs: bigint;
}

const RECONNECT_MS = 200;

/**
 * A stream that breaks off is taken up where it was: nothing is missed, nothing told twice.
 * @returns the function that ends it
 */
export function watchContainers(
  { name }: Pick<Project, 'name'>,
  tell: (event: ContainerEvent) => void,
): () => void {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastNs = 0n;
  const hear = (line: string) => {
    const event = eventFrom(line);
    if (event === undefined || event.timeNs <= lastNs) return;
    lastNs = event.timeNs;
    tell(event);
  };
  function listen(): void {
    const atNs = String(lastNs % 1_000_000_000n).padStart(9, '0');
    const since = lastNs === 0n ? [] : ['--since', `${lastNs / 1_000_000_000n}.${atNs}`];
    const filters = ['type=container', `label=com.docker.compose.project=${name}`];
    const asked = [...since, ...filters.flatMap((one) => ['--filter', one])];
    child = spawn('docker', ['events', '--format', '{{json .}}', ...asked], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Without docker, the command that follows says so.
    child.once('error', () => {});
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', hear);
    child.once('exit', () => {
      timer = setTimeout(listen, RECONNECT_MS);
    });
  }
  const end = () => {
    child?.removeAllListeners('exit');
    clearTimeout(timer);
    child?.kill();
  };
  listen();
  process.once('exit', end);
  return () => {
    process.off('exit', end);
    end();
  };
}

/** @returns undefined for what is no service's */
export function eventFrom(line: string): ContainerEvent | undefined {
  const { Action: action, Actor } = JSON.parse(line) as {
    Action: string;
    Actor: { Attributes: Readonly<Record<string, string | undefined>> };
  };
  const { 'com.docker.compose.service': service, exitCode } = Actor.Attributes;
  if (service === undefined) return undefined;
  // As text: a number of JSON has too few digits for it.
  const timeNs = BigInt(/"timeNano":(\d+)/.exec(line)?.[1] ?? 0);
  return {
    service,
    action,
    exitCode: exitCode === undefined ? undefined : Number(exitCode),
    timeNs,
  };
}
