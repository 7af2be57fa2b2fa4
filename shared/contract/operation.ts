// contract/operation.ts: what one row of the route table is, and the types that follow from it.
// `access`: open (anyone), customer (x-api-key), instructor (that key only), internal (no front door has it).
import type { Static, TSchema } from 'typebox';

/** The six features, the same names in every shape. */
export const features = [
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'reports',
] as const;
export type Feature = (typeof features)[number];

export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly feature: Feature;
  readonly access: 'open' | 'customer' | 'instructor' | 'internal';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With parameters as `:name`, the way both frameworks write them. */
  readonly path: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** True where an Idempotency-Key header is honoured. */
  readonly idempotent?: boolean;
  /** True where the answer says in a header Server-Timing how long the work took. */
  readonly timed?: boolean;
  /** Status and body of success. */
  readonly status: 200 | 201;
  readonly answer: TSchema;
  /**
   * For a caller who sends `Prefer: respond-async` (RFC 7240): of an answer that is not final, where to
   * look for the final one. Such an answer has the status 202.
   */
  readonly later?: (answer: never) => string | undefined;
}

type In<Op extends Operation, Part extends 'params' | 'query' | 'body'> = Op[Part] extends TSchema
  ? Static<Op[Part]>
  : undefined;

/** What a valid request of `Op` carries. */
export interface Input<Op extends Operation> {
  params: In<Op, 'params'>;
  query: In<Op, 'query'>;
  body: In<Op, 'body'>;
}
export type Answer<Op extends Operation> = Static<Op['answer']>;

/** Status and headers of a success. */
export function successOf<Op extends Operation>(
  { status, later, timed }: Op,
  answer: Answer<Op>,
  workMs: number,
): { status: number; headers: Record<string, string> } {
  const location = later?.(answer as never);
  if (timed === true)
    return { status, headers: { 'server-timing': `work;dur=${workMs.toFixed(1)}` } };
  if (location === undefined) return { status, headers: {} };
  return { status: 202, headers: { location, 'preference-applied': 'respond-async' } };
}

/** Keeps the literal types of a row. */
export const operation = <const Op extends Operation>(op: Op): Op => op;
