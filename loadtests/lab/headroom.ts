// lab/headroom.ts: whether the servers' core, before anything is broken, has room for what a fault leaves.
// Asked by experiments that break something: without room, losses are those of a queue, not of the fault.
import { setTimeout as sleep } from 'node:timers/promises';
import { rootPidsOf } from '../targets/memory.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { coreBusyMs, cpuMsOf } from './cpu-clock.ts';
import type { Workload } from './definition.ts';
import type { Lab } from './experiment.ts';

/**
 * A process that comes back needs about half a core-second to start; at this share it has caught up
 * within two seconds.
 */
const MOST_BUSY = 0.75;
/** What `doubtAbout` proposes aims at. */
const WELL_BUSY = 0.5;
/** With fewer a second, a process that is back at once is missed by the features that few ask for. */
const LEAST_RPS = 40;
/** Code that has just started is compiled first. */
const WARM_UP_MS = 1500;
const LOOK_MS = 1000;
const LOOKS = 10;

/**
 * Looks for a second at a time, until there is room: what has just started, in containers above all,
 * is busy with itself for a while.
 * @returns share of the servers' one core that is in use under the load; undefined: not known. In
 *   containers whatever else runs on that core counts as well
 */
export async function busyRatioOf(
  { pinning, platform, signal, phase }: Pick<Lab, 'pinning' | 'platform' | 'signal' | 'phase'>,
  running: Pick<RunningTarget, 'target' | 'components' | 'databases'>,
): Promise<number | undefined> {
  const core = pinning.serverCore;
  if (core === undefined) return undefined;
  phase({ phase: 'steady', what: running.target.name, lengthMs: WARM_UP_MS + LOOK_MS });
  await sleep(WARM_UP_MS, undefined, { signal });
  const busyMs =
    platform.name === 'process' ? () => cpuMsOf(rootPidsOf(running)) : () => coreBusyMs(core);
  let ratio: number | undefined;
  for (let look = 0; look < LOOKS && (ratio ?? 1) > MOST_BUSY; look += 1) {
    ratio = await shareWhile(() => sleep(LOOK_MS, undefined, { signal }), busyMs);
    if (ratio === undefined) return undefined;
  }
  return ratio;
}

async function shareWhile(wait: () => Promise<void>, busyMs: () => number | undefined) {
  const [beganMs, busyBeganMs] = [performance.now(), busyMs()];
  await wait();
  const busyEndedMs = busyMs();
  if (busyBeganMs === undefined || busyEndedMs === undefined) return undefined;
  // The kernel counts in ticks of 10 ms, so a full core may come out above one.
  return Math.min(1, (busyEndedMs - busyBeganMs) / (performance.now() - beganMs));
}

/** This machine is too slow for a rate that nobody asked for: `rateRps` is what to try instead. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  readonly rateRps: number;

  constructor(busy: string, rateRps: number) {
    super(`${busy}: beginning again with ${rateRps} requests a second.`);
    this.rateRps = rateRps;
  }
}

/**
 * Before the first block: a rate that one shape has no room for is found before another is measured.
 * @throws NoRoom
 */
export async function findRoom(
  lab: Lab,
  running: RunningTarget,
  workload: Workload,
): Promise<void> {
  const plan = { ...workload, baseUrl: running.baseUrl, seed: lab.seed };
  const attack = lab.attack(`room-${running.target.name}`, plan);
  try {
    await attack.started;
    doubtAbout(await busyRatioOf(lab, running), workload.rateRps, true);
  } finally {
    await attack.stop().catch(() => {});
  }
}

/**
 * @returns at most one sentence, with a rate that would leave room on this machine
 * @throws NoRoom in the first block, where the rate is the experiment's own: it begins again with less
 */
export function doubtAbout(
  busyRatio: number | undefined,
  rateRps: number,
  mayLower: boolean,
): string[] {
  if (busyRatio === undefined || busyRatio <= MOST_BUSY) return [];
  const fitting = Math.max(10, Math.floor((rateRps * WELL_BUSY) / busyRatio / 10) * 10);
  const busy = `The servers' core was ${Math.round(busyRatio * 100)} % busy under the load alone`;
  const lower = Math.max(LEAST_RPS, fitting);
  if (mayLower && lower < rateRps) throw new NoRoom(busy, lower);
  return [`${busy}: what comes back has no room. Try --rate ${fitting}.`];
}
