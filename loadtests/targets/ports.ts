// targets/ports.ts: finds out before a start whether every port is free, and who holds one that is not.
// Called by process-platform.ts, and by tests that need a free port.
import { createConnection, createServer } from 'node:net';
import { CannotStart } from './cannot-start.ts';
import { findPortHolder, type PortHolder } from './port-holder.ts';
import type { Component } from './targets.ts';

type Listener = Pick<Component, 'name' | 'port' | 'otherPorts'>;

const host = '127.0.0.1';

/** @throws CannotStart naming the first taken port, its component, the holder and what to do */
export async function checkPorts(components: readonly Listener[]): Promise<void> {
  const [first] = await takenPorts(components);
  if (first !== undefined) throw new CannotStart(takenSentence(first.component, first.holder));
}

export interface TakenPort {
  readonly component: Listener;
  /** Undefined when the system will not tell. */
  readonly holder: PortHolder | undefined;
}

/** The ports that somebody holds, each with the component that needs it, in the order given. */
export async function takenPorts(components: readonly Listener[]): Promise<TakenPort[]> {
  const needed = components.flatMap((component) =>
    [component.port, ...(component.otherPorts ?? [])].map((port) => ({ ...component, port })),
  );
  const taken = await Promise.all(needed.map(({ port }) => isTaken(port)));
  return needed
    .filter((_, index) => taken[index])
    .map((component) => ({ component, holder: findPortHolder(component.port) }));
}

function takenSentence(component: Listener, holder: PortHolder | undefined): string {
  const isContainer = holder?.command.includes('docker-proxy') === true;
  const by = holder === undefined ? 'another process' : `process ${holder.pid} (${holder.command})`;
  const remedy = isContainer
    ? `stop the container that \`docker ps --filter publish=${component.port}\` names`
    : 'stop that process';
  return (
    `Port ${component.port}, which ${component.name} needs, is held by ${by}: ` +
    `${remedy}, or choose other ports with LAB_PORT_BASE=13000.`
  );
}

/** A port of 127.0.0.1 that nobody held a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Asks twice: macOS lets us bind beside a server that listens on every address. */
async function isTaken(port: number): Promise<boolean> {
  return !(await canListen(port)) || (await answers(port));
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host, timeout: 500 });
    const finish = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
