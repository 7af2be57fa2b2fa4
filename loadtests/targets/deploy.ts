// targets/deploy.ts: gives a component another release or environment, at once or one by one.
// Called by process-platform.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { OUT_MS } from '@lab/shared/runtime/backoff.ts';
import { CannotStart } from './cannot-start.ts';
import type { Part } from './part.ts';
import type { Deployment, Strategy } from './platform.ts';
import type { SpecChange } from './supervised.ts';

/** Callers pass over a replica for a while after it left; the next one waits until it is back. */
const betweenReplicasMs = 1.2 * OUT_MS;

/**
 * @param parts the component's replicas
 * @throws CannotStart when a new one does not become ready; it stays down, the rest is as it was
 */
export async function deploy(
  parts: readonly Part[],
  deployment: Deployment,
  strategy: Strategy,
  readyTimeoutMs: number,
): Promise<void> {
  if (strategy === 'recreate') {
    await Promise.all(parts.map((part) => renew(part, deployment, readyTimeoutMs)));
  } else if (parts.length > 1) {
    await renewOneByOne(parts, deployment, readyTimeoutMs);
  } else {
    await rollWorkers(parts[0] as Part, deployment, readyTimeoutMs);
  }
}

/** Stops one process gracefully, starts it with what is deployed, waits until it is ready. */
export async function renew(
  part: Part,
  deployment: Deployment,
  readyTimeoutMs: number,
): Promise<void> {
  await part.process.restart(changeOf(deployment));
  try {
    await part.process.waitReady(readyTimeoutMs);
  } catch (error) {
    await part.process.stop();
    throw error;
  }
}

async function renewOneByOne(
  parts: readonly Part[],
  deployment: Deployment,
  readyTimeoutMs: number,
): Promise<void> {
  for (const part of parts) {
    if (part !== parts[0]) await sleep(betweenReplicasMs);
    await renew(part, deployment, readyTimeoutMs);
  }
}

async function rollWorkers(
  { component, process }: Part,
  deployment: Deployment,
  readyTimeoutMs: number,
): Promise<void> {
  const { name, workers } = component;
  if (workers === undefined) {
    const remedy = 'start it with replicas, or deploy with the strategy recreate';
    throw new CannotStart(`${name} is one process and cannot be replaced bit by bit: ${remedy}.`);
  }
  await process.rollOut(changeOf(deployment), readyTimeoutMs);
}

const changeOf = ({ releaseFolder, env }: Deployment): SpecChange => ({
  ...(releaseFolder !== undefined && { cwd: releaseFolder }),
  ...(env !== undefined && { env }),
});
