// cold-starts/arms.ts: rare arrivals at many functions at once, and packages of three sizes.
// Made by experiments/cold-starts.ts, measured once a block.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arm, BlockContext, Lab } from '../../lab/experiment.ts';
import type { Sample } from '../../lab/result.ts';
import { quantileOf } from '../../statistics/quantile.ts';
import { lateness } from '../lateness.ts';
import { arrivalsOf, KEEP_MS, loads, rateOf } from './law.ts';
import type { Functions, Invocation } from './rig.ts';

/** MB of JavaScript that the handler loads. */
export const sizesMb = [0.1, 5, 20] as const;
export const loadName = (load: number) => `λK = ${load}`;
export const AGAIN = `${loadName(1)} again`;
export const PROVISIONED = 'provisioned, λK = 1';
export const sizeName = (sizeMb: number) => `${sizeMb} MB of code`;
/** Small: what is studied is how often it starts. */
const USUAL_MB = 0.1;
/**
 * Functions of each group: side by side they see enough arrivals in half a minute. All together are
 * called 7.5 times a second: were every call cold, the starts would still fit on one core. With twice
 * as many they did not, and a call that met a start began another: a storm that never ended.
 */
const alike: Readonly<Record<number, number>> = { 0.5: 3, 1: 2, 2: 1 };
const COLD_TRIES = 3;

/** Each group is asked at the same time as the others, and each function for itself. */
export function arrivalsArm(lab: Lab, functions: Functions, lengthMs: number): Arm {
  const groups = [
    ...loads.map((load) => ({
      name: loadName(load),
      load,
      provisioned: 0,
      count: alike[load] ?? 1,
    })),
    { name: AGAIN, load: 1, provisioned: 0, count: 1, twinOf: loadName(1) },
    { name: PROVISIONED, load: 1, provisioned: 1, count: 1 },
  ];
  return {
    name: 'rare arrivals',
    parts: groups.map(({ name, ...rest }) => ({
      name,
      ...('twinOf' in rest && { twinOf: rest.twinOf as string }),
    })),
    async measure({ seed }: BlockContext) {
      lab.phase({ phase: 'steady', what: 'rare arrivals', lengthMs });
      const measured = groups.map(async ({ name, load, provisioned, count }, group) => {
        const streams = Array.from({ length: count }, (_, at) =>
          stream(lab, functions, {
            load,
            provisioned,
            lengthMs,
            seed: 1000 * seed + 100 * group + at,
          }),
        );
        return sampleOf(name, await Promise.all(streams));
      });
      return Promise.all(measured);
    },
  };
}

interface Stream {
  readonly load: number;
  readonly provisioned: number;
  readonly lengthMs: number;
  readonly seed: number;
}

/**
 * Counted are arrivals later than K after the beginning, which the law knows; to drop the first of each
 * function instead would leave out the long gaps.
 */
async function stream(
  { signal }: Lab,
  functions: Functions,
  { load, provisioned, lengthMs, seed }: Stream,
): Promise<Invocation[]> {
  const path = await functions.define(USUAL_MB, provisioned);
  const rate = rateOf(load);
  const many = Math.ceil(3 * rate * (lengthMs / 1000)) + 10;
  const beganMs = performance.now();
  const arrivals = arrivalsOf('poisson', rate, many, seed).filter((atMs) => atMs < lengthMs);
  const asked = arrivals.map(async (atMs) => {
    const meantAtMs = beganMs + atMs;
    await sleep(Math.max(0, meantAtMs - performance.now()), undefined, { signal });
    return functions.invoke(path, meantAtMs);
  });
  const answered = await Promise.all(asked);
  return answered.filter((_, at) => (arrivals[at] as number) > KEEP_MS);
}

function sampleOf(arm: string, streams: readonly (readonly Invocation[])[]): Sample {
  const all = streams.flat();
  const cold = all.filter(({ initMs }) => initMs !== undefined);
  const warm = all.filter(({ initMs }) => initMs === undefined);
  const latencies = (some: readonly Invocation[], name: string) =>
    some.length === 0 ? {} : percentiles(some, name);
  return {
    arm,
    metrics: {
      ...{ cold: cold.length, 'cold:trials': all.length },
      ...latencies(cold, 'cold'),
      ...latencies(warm, 'warm'),
      ...(all.length > 0 && { billedMs: meanOf(all.map(({ billedMs }) => billedMs)) }),
    },
    doubts: lateness(
      all.map(({ lateMs }) => lateMs),
      'a call',
    ),
  };
}

function percentiles(some: readonly Invocation[], name: string): Record<string, number> {
  const latencies = some.map(({ latencyMs }) => latencyMs);
  return {
    [`${name}MsP50`]: quantileOf(latencies, 0.5),
    [`${name}MsP99`]: quantileOf(latencies, 0.99),
  };
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Functions that never ran, one after the other: nothing competes with a start. */
export function packagesArm(lab: Lab, functions: Functions): Arm {
  return {
    name: 'packages',
    parts: sizesMb.map((sizeMb) => ({ name: sizeName(sizeMb) })),
    async measure() {
      const samples: Sample[] = [];
      for (const sizeMb of sizesMb) {
        lab.phase({ phase: 'steady', what: sizeName(sizeMb), lengthMs: 2000 });
        const starts: Invocation[] = [];
        for (let at = 0; at < COLD_TRIES; at += 1) {
          lab.signal.throwIfAborted();
          starts.push(await functions.invoke(await functions.define(sizeMb), performance.now()));
        }
        const inits = starts.flatMap(({ initMs }) => initMs ?? []);
        const metrics = {
          initMs: quantileOf(inits, 0.5),
          ...percentiles(starts, 'cold'),
          billedMs: meanOf(starts.map(({ billedMs }) => billedMs)),
        };
        samples.push({ arm: sizeName(sizeMb), metrics, doubts: [] });
      }
      return samples;
    },
  };
}
