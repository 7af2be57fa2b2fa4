// commands/lab/doctor-checks.ts: what the doctor makes of each fact: fine, worth knowing, or in the way.
// Pure; called by doctor.ts.
import { strictGate } from '../../lab/definition.ts';
import type { LivingChild } from '../../targets/orphans.ts';
import type { TakenPort } from '../../targets/ports.ts';
import type { Component } from '../../targets/targets.ts';

export interface Check {
  /** `absent`: not there and not needed. `prevents`: no experiment can be run. */
  readonly state: 'fine' | 'note' | 'absent' | 'prevents';
  readonly what: string;
  readonly found: string;
  /** What to do; where there is something to do. */
  readonly remedy?: string;
}

const GB = 1e9;

/** @param oldest of package.json, `20.19` */
export function nodeCheck(version: string, oldest: string): Check {
  const what = 'Node';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = oldest.split('.').map(Number);
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (isEnough) return { state: 'fine', what, found: version };
  return { state: 'prevents', what, found: version, remedy: `Install Node ${oldest} or later.` };
}

export function coresCheck(cores: number): Check {
  const [what, found] = ['cores', String(cores)];
  if (cores >= 2) return { state: 'fine', what, found };
  const remedy = 'Shop and generator share one core: read who is hit, not the milliseconds.';
  return { state: 'note', what, found, remedy };
}

/** Both shapes take about 0.47 GB together. */
export function memoryCheck(freeBytes: number): Check {
  return roomCheck('free memory', freeBytes, { leastGb: 0.4, enoughGb: 1.2 }, 'Close something.');
}

/** Releases, databases and rows of a long run. */
export function diskCheck(freeBytes: number): Check {
  const remedy = 'Make room: .lab/ and results/ may be deleted.';
  return roomCheck('free disk', freeBytes, { leastGb: 0.3, enoughGb: 2 }, remedy);
}

function roomCheck(
  what: string,
  bytes: number,
  { leastGb, enoughGb }: { leastGb: number; enoughGb: number },
  remedy: string,
): Check {
  const found = `${(bytes / GB).toFixed(1)} GB`;
  if (bytes >= enoughGb * GB) return { state: 'fine', what, found };
  return { state: bytes >= leastGb * GB ? 'note' : 'prevents', what, found, remedy };
}

/** @param ifTaken how bad that is */
export function portsCheck(
  what: string,
  components: readonly Component[],
  taken: readonly TakenPort[],
  ifTaken: Check['state'],
): Check {
  const ports = components.flatMap(({ port, otherPorts = [] }) => [port, ...otherPorts]);
  if (taken.length === 0) return { state: 'fine', what, found: `${ports.join(', ')} are free` };
  const names = taken.map(({ component: { name, port } }) => `${port} (${name})`);
  const holder = taken.find((port) => port.holder !== undefined)?.holder;
  const who = holder ? `process ${holder.pid} (${holder.command})` : 'what holds them';
  const remedy = `Stop ${who}, or give --port-base 13000.`;
  return { state: ifTaken, what, found: `held: ${names.join(', ')}`, remedy };
}

export function orphansCheck(orphans: readonly LivingChild[]): Check {
  const what = 'left behind';
  if (orphans.length === 0) return { state: 'fine', what, found: 'nothing' };
  const found = orphans.map(({ name, pid }) => `${name} (pid ${pid})`).join(', ');
  return { state: 'note', what, found, remedy: 'npm run lab -- heal' };
}

/** @param ratio of the whole machine, 0–1, over a second; undefined where it cannot be known */
export function otherCpuCheck(ratio: number | undefined): Check {
  const what = 'CPU of others';
  if (ratio === undefined) return { state: 'absent', what, found: 'cannot be known here' };
  const found = `${(ratio * 100).toFixed(0)} % of the machine, over one second`;
  if (ratio <= strictGate.otherCpuRatio) return { state: 'fine', what, found };
  const limit = `${strictGate.otherCpuRatio * 100} %`;
  return { state: 'note', what, found, remedy: `Above ${limit} most experiments discard a block.` };
}

export function tasksetCheck(works: boolean): Check {
  const what = 'taskset';
  if (works) return { state: 'fine', what, found: 'pins shop and generator to a core each' };
  const remedy = 'Nothing will be pinned: rates wander more, CPU per request less.';
  return { state: 'note', what, found: 'not available', remedy };
}

/** For information: no experiment needs it. */
export function programCheck(what: string, path: string | undefined): Check {
  return path === undefined
    ? { state: 'absent', what, found: 'not found, not needed' }
    : { state: 'fine', what, found: path };
}
