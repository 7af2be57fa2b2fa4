// test/faults.ts: switches faults on and off through the front door, as an instructor does.
// Used by chaos*.test.ts.
import { expect } from 'vitest';
import { type Fault, FaultState, FaultStates } from '../contract/chaos.ts';
import { fits } from '../contract/validate.ts';
import { type Exchange, exchange } from './asking.ts';
import type { Subject } from './subject.ts';

type Door = Pick<Subject, 'baseUrl' | 'instructorKey'>;

const isState = fits(FaultState);
const isStates = fits(FaultStates);

/** One request to the /chaos API with the instructor's key; nothing is checked. */
export function instruct(
  { baseUrl, instructorKey }: Door,
  method: 'GET' | 'PUT' | 'DELETE',
  component?: string,
  body?: unknown,
): Promise<Exchange> {
  const path = component === undefined ? '/chaos' : `/chaos/${component}`;
  return exchange({ baseUrl }, path, {
    method,
    headers: { 'x-api-key': instructorKey, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Breaks a component. @returns its switch */
export async function breakDown(door: Door, component: string, fault: Fault): Promise<FaultState> {
  return stateIn(await instruct(door, 'PUT', component, fault));
}

export const stateOf = async (door: Door, component: string): Promise<FaultState> =>
  stateIn(await instruct(door, 'GET', component));

export const healOne = async (door: Door, component: string): Promise<FaultState> =>
  stateIn(await instruct(door, 'DELETE', component));

/** Heals everything. @returns every switch */
export async function healAll(door: Door): Promise<FaultState[]> {
  const { status, text } = await instruct(door, 'DELETE');
  expect(status, text).toBe(200);
  const body = JSON.parse(text);
  expect(isStates(body)).toBeNull();
  return body.components;
}

function stateIn({ status, text }: Exchange): FaultState {
  expect(status, text).toBe(200);
  const body = JSON.parse(text);
  expect(isState(body)).toBeNull();
  return body;
}

/** How long `work` takes, in milliseconds: for comparing within one run, never with a constant. */
export async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** The middle of several times. */
export async function medianMs(times: number, work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let count = 0; count < times; count += 1) all.push(await timedMs(work));
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** How long `work` takes, and the longest time that one `other`, again and again, took meanwhile. */
export async function besides(work: () => Promise<unknown>, other: () => Promise<unknown>) {
  let working = true;
  let longestMs = 0;
  const others = (async () => {
    while (working) longestMs = Math.max(longestMs, await timedMs(other));
  })();
  const tookMs = await timedMs(work).finally(() => {
    working = false;
  });
  await others;
  return { tookMs, longestMs };
}
