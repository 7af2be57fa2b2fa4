// test/chassis-probe.ts: a made-up component that sells and goes wrong as it is asked to.
// Mounted by the chassis.test.ts of Express and of Fastify; chassis-suite.ts asks it.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { Type } from 'typebox';
import { expect } from 'vitest';
import { type Controls, createControls } from '../chaos/controls.ts';
import { createSwitchboard } from '../chaos/switchboard.ts';
import { operation } from '../contract/operation.ts';
import { Cents, Quantity, strict } from '../contract/primitives.ts';
import { OutOfStock, problem } from '../domain/problems.ts';
import type { Call } from '../runtime/call.ts';
import type { Logger } from '../runtime/log.ts';
import { createMetrics } from '../runtime/metrics.ts';
import type { About } from '../runtime/operating.ts';

/** Something to sell, as an operation of the contract. */
export const sell = operation({
  id: 'sell',
  summary: 'Sell something',
  feature: 'orders',
  access: 'open',
  method: 'POST',
  path: '/sales/:name',
  params: strict({ name: Type.String({ maxLength: 20 }) }),
  query: strict({ times: Type.Optional(Type.Integer({ minimum: 1, default: 1 })) }),
  body: strict({ amountCents: Cents }),
  status: 201,
  answer: strict({ name: Type.String(), quantity: Quantity, totalCents: Cents }),
});

/** Goes wrong in the way that is asked for. */
export const fail = operation({
  id: 'fail',
  summary: 'Go wrong',
  feature: 'orders',
  access: 'open',
  method: 'GET',
  path: '/failures/:how',
  params: strict({ how: Type.String() }),
  status: 200,
  answer: strict({ left: Quantity }),
});

type Sale = { name: string; quantity: number; totalCents: number };
export const works = {
  async sell(input: { params: unknown; query: unknown; body: unknown; call: Call }): Promise<Sale> {
    const { name } = input.params as { name: string };
    const { times: quantity } = input.query as { times: number };
    const { amountCents } = input.body as { amountCents: number };
    return { name, quantity, totalCents: quantity * amountCents };
  },
  fail: ({ params }: { params: { how: string } }) => failAs(params.how),
};

const busy = problem('tooManyRequests', 'Try again in 7 s.');
busy.headers['retry-after'] = '7';

async function failAs(how: string): Promise<{ left: number }> {
  if (how === 'short') throw new OutOfStock({ productId: 'prd_0161', wanted: 3, left: 1 });
  if (how === 'busy') throw busy;
  if (how === 'lie') return {} as { left: number };
  if (how === 'slow') {
    const startedMs = performance.now();
    await sleep(30);
    state.sleptMs = performance.now() - startedMs;
    throw problem('dependencyTimeout', 'Too slow.');
  }
  throw new TypeError('the password is hunter2');
}

export interface ChassisParts {
  about: About;
  controls: Controls;
  log: Logger;
  bodyLimitBytes: number;
}
/** Serves `sell` and `fail` by `works`. @returns the address; it is closed after the test */
export type Mount = (parts: ChassisParts) => Promise<string>;

/** Where the probe is, what it has logged and done, and what the suite may break. */
export const state = {
  url: '',
  lines: [] as Record<string, unknown>[],
  sleptMs: 0,
  databaseIsUp: true,
};

/** Everything around the probe's routes. */
export function probeParts(): ChassisParts {
  const board = createSwitchboard({ components: ['sales'] });
  const database = async () => {
    if (!state.databaseIsUp) throw new Error('database is down');
  };
  return {
    about: {
      component: 'sales',
      title: 'a made-up component.',
      baseUrl: 'http://127.0.0.1',
      operations: [sell, fail],
      dependencies: { database },
      topology: async () => ({ shape: 'test', components: [] }),
      metrics: createMetrics(),
      assets: new URL('file:///nowhere/'),
    },
    controls: createControls(board, { on: true, instructorKey: 'teacher' }),
    log: pino({ level: 'info', base: {} }, { write: (line) => state.lines.push(JSON.parse(line)) }),
    bodyLimitBytes: 200,
  };
}

/** One request to the probe, and the whole answer. */
export async function ask(path: string, init: RequestInit = {}) {
  const answer = await fetch(state.url + path, init);
  const { status, headers } = answer;
  return { status, type: headers.get('content-type'), headers, text: await answer.text() };
}

export const json = { 'content-type': 'application/json' };
export const post = (body: string, more: Record<string, string> = {}, path = '/sales/teapot') =>
  ask(path, { method: 'POST', headers: { ...json, ...more }, body });

/** `409 OUT_OF_STOCK` and the like, of an answer that must be a problem. */
export async function codeOf(answer: ReturnType<typeof ask>) {
  const { status, type, text } = await answer;
  expect(type).toBe('application/problem+json');
  const body = JSON.parse(text);
  expect(body.status).toBe(status);
  return `${status} ${body.code}`;
}
