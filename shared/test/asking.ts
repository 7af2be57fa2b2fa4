// test/asking.ts: sends requests as the contract describes them and holds every answer against it.
// Used by every *.contract.ts: an answer that does not fit its schema fails the test that asked.
import { expect } from 'vitest';
import type { Answer, Input, Operation } from '../contract/operation.ts';
import { Problem } from '../contract/problem.ts';
import { fits } from '../contract/validate.ts';
import type { Subject } from './subject.ts';

export interface Exchange {
  status: number;
  headers: Headers;
  text: string;
}

export interface Extras {
  /** Default: the customer's key. Null sends none. */
  key?: string | null;
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

/** A problem with the values that it carries (productId, left, errors, …). */
export type Told = Problem & Record<string, unknown>;

type Door = Pick<Subject, 'baseUrl' | 'customerKey'>;

/** One request, whatever it is, and the whole answer as text. */
export async function exchange(
  { baseUrl }: Pick<Subject, 'baseUrl'>,
  path: string,
  init: RequestInit = {},
): Promise<Exchange> {
  const answer = await fetch(baseUrl + path, init);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** One request of an operation; nothing is checked. */
export function send<Op extends Operation>(
  door: Door,
  operation: Op,
  input: Partial<Input<Op>>,
  { key = door.customerKey, idempotencyKey, headers }: Extras = {},
): Promise<Exchange> {
  return exchange(door, pathOf(operation, input), {
    method: operation.method,
    headers: {
      ...(key !== null && { 'x-api-key': key }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(input.body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
  });
}

/** One request that must succeed. @returns the answer, which fits the operation's schema */
export async function ask<Op extends Operation>(
  door: Door,
  operation: Op,
  input: Partial<Input<Op>> = {},
  extras: Extras = {},
): Promise<Answer<Op>> {
  return succeeded(operation, await send(door, operation, input, extras));
}

/** The body of an answer that must be the operation's success. */
export function succeeded<Op extends Operation>(operation: Op, answer: Exchange): Answer<Op> {
  expect(answer.status, answer.text).toBe(operation.status);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const body = JSON.parse(answer.text);
  expect(answerCheck(operation)(body)).toBeNull();
  return body;
}

/** One request that must be refused. @returns the problem, whose status is the answer's */
export async function refusal<Op extends Operation>(
  door: Door,
  operation: Op,
  input: Partial<Input<Op>> = {},
  extras: Extras = {},
): Promise<Told> {
  return refused(await send(door, operation, input, extras));
}

/** The problem of an answer that must be one. */
export function refused({ status, headers, text }: Exchange): Told {
  expect(headers.get('content-type'), text).toBe('application/problem+json');
  const body = JSON.parse(text);
  expect(isProblem(body)).toBeNull();
  expect(body.status).toBe(status);
  return body;
}

const isProblem = fits(Problem);
const checks = new Map<Operation, (data: unknown) => string | null>();

function answerCheck(operation: Operation) {
  const check = checks.get(operation) ?? fits(operation.answer);
  checks.set(operation, check);
  return check;
}

/** The operation's path with its parameters and query filled in. */
export function pathOf<Op extends Operation>(
  { path }: Op,
  { params, query }: Partial<Input<Op>>,
): string {
  const values = (params ?? {}) as Record<string, string>;
  const filled = path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(values[name] ?? ''));
  const asked = new URLSearchParams(query as Record<string, string> | undefined);
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}
