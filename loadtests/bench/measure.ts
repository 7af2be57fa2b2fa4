// bench/measure.ts: full load on both servers of a comparison: how many requests, how much CPU.
// Called by compare-arms.ts, once a block.
import { watchCpu } from '../lab/cpu-clock.ts';
import { startCapacity } from '../load/start-capacity.ts';
import { readUsage, type Usage } from '../targets/usage.ts';

/** Share of the machine for other programs; above it a block is discarded. */
export const maxOtherShare = 0.15;

/** One side of a comparison, running. */
export interface Arm {
  readonly name: string;
  /** What is asked for, again and again. */
  readonly url: string;
  /** Of the process whose CPU is counted. */
  readonly pid: number;
  /** Answers with status 200 since its start, by its own count. */
  served(): Promise<number>;
}

/** What one server did during a block. */
export interface Stretch {
  readonly rps: number;
  /** CPU time of the server process per request, all its threads. */
  readonly cpuUs: number;
}

export interface LoadOptions {
  readonly seconds: number;
  /** Words in front of the generator's command. */
  readonly generatorLauncher: readonly string[];
}

/** In flight at each server: enough to keep a core busy, so few that little queues. */
export const connections = 16;

/**
 * Loads both servers at the same time. The kernel then gives them the core in turn every few ms,
 * so that whatever slows this machine slows both: one after the other, the ratio of two equal
 * servers came out anywhere from 0.6 to 1.8 on a busy machine.
 * @throws Error when an answer was not 200, or client and server count differently
 */
export async function measureTogether(
  [ours, reference]: readonly [Arm, Arm],
  options: LoadOptions,
) {
  const cpu = watchCpu();
  const [mine, bare] = await Promise.all([measure(ours, options), measure(reference, options)]);
  return { ours: mine, reference: bare, ...noiseSince(cpu) };
}

async function measure(
  arm: Arm,
  { seconds, generatorLauncher: launcher }: LoadOptions,
): Promise<Stretch> {
  const servedBefore = await arm.served();
  let cpuMsBefore = 0;
  const onStart = () => {
    cpuMsBefore = usageOf(arm).cpuMs;
  };
  const plan = { url: arm.url, connections, seconds };
  const { requests, rps, invalid } = await startCapacity(plan, { launcher, onStart });
  const serverMs = usageOf(arm).cpuMs - cpuMsBefore;
  const served = (await arm.served()) - servedBefore;
  reconcile(arm.name, { requests, served, invalid });
  return { rps, cpuUs: (serverMs * 1000) / served };
}

function reconcile(
  name: string,
  { requests, served, invalid }: { requests: number; served: number; invalid: readonly string[] },
): void {
  if (invalid.length > 0) throw new Error(`The load on ${name} proves nothing: ${invalid[0]}`);
  // When the time is up, each connection may have one answer under way that nobody waits for.
  if (served >= requests && served <= requests + connections) return;
  throw new Error(`${name}: ${requests} good answers were received, the server counted ${served}.`);
}

/** @throws Error when the process has ended */
export function usageOf({ name, pid }: Pick<Arm, 'name' | 'pid'>): Usage {
  const usage = readUsage([pid]).get(pid);
  if (usage === undefined) throw new Error(`${name} is not running any more.`);
  return usage;
}

/** What other programs took of the machine since the watch began, and whether that was too much. */
export function noiseSince(cpu: ReturnType<typeof watchCpu>) {
  const otherShare = cpu.otherRatio() ?? undefined;
  return { otherShare, discarded: (otherShare ?? 0) > maxOtherShare };
}
