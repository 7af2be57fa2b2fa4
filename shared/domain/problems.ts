// domain/problems.ts: every error a caller can meet, with its status, code and values.
// Controllers throw these; each process maps them to RFC 9457 in one place (`toProblem`).
import type { Problem as ProblemBody } from '../contract/problem.ts';

/** An error that is part of the contract. `values` become extension members of the answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly values: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(known: Known, detail: string, values: Record<string, unknown> = {}) {
    super(detail);
    [this.status, this.code, this.title] = known;
    this.values = values;
    this.headers = {};
  }

  /** The same problem again, from the body that another process answered or that was stored. */
  static from({ type: _type, title, status, code, detail, ...values }: ProblemBody): Problem {
    return new Problem([status, code, title], detail, values);
  }
}

type Known = readonly [status: number, code: string, title: string];

/** The catalogue: status, code, title. A code never changes its meaning. */
export const catalogue = {
  malformedJson: [400, 'MALFORMED_JSON', 'The body is not JSON'],
  invalidRequest: [400, 'INVALID_REQUEST', 'The request does not fit the contract'],
  badCursor: [400, 'BAD_CURSOR', 'That cursor is not one we gave out'],
  keyMissing: [401, 'KEY_MISSING', 'This needs an API key'],
  keyUnknown: [401, 'KEY_UNKNOWN', 'That API key is not known'],
  paymentDeclined: [402, 'PAYMENT_DECLINED', 'The card was declined'],
  keyNotAllowed: [403, 'KEY_NOT_ALLOWED', 'That API key may not do this'],
  noSuchRoute: [404, 'NO_SUCH_ROUTE', 'Nothing answers here'],
  notFound: [404, 'NOT_FOUND', 'There is no such thing'],
  methodNotAllowed: [405, 'METHOD_NOT_ALLOWED', 'This path does not take that method'],
  requestTimeout: [408, 'REQUEST_TIMEOUT', 'The request did not arrive in time'],
  outOfStock: [409, 'OUT_OF_STOCK', 'There is not enough stock'],
  orderInProgress: [409, 'ORDER_IN_PROGRESS', 'This order is still being placed'],
  orderNotCancellable: [409, 'ORDER_NOT_CANCELLABLE', 'This order cannot be cancelled'],
  couplingRefused: [409, 'COUPLING_REFUSED', 'This shop cannot be coupled like that'],
  paymentCalledOff: [409, 'PAYMENT_CALLED_OFF', 'This order was called off before it was charged'],
  reservationReturned: [
    409,
    'RESERVATION_RETURNED',
    'This order was called off before it took stock',
  ],
  bodyTooLarge: [413, 'BODY_TOO_LARGE', 'The body is larger than this takes'],
  unsupportedMediaType: [415, 'UNSUPPORTED_MEDIA_TYPE', 'The body is not application/json'],
  unknownProduct: [422, 'UNKNOWN_PRODUCT', 'The order names a product that is not sold here'],
  duplicateProduct: [422, 'DUPLICATE_PRODUCT', 'The order names a product twice'],
  callbackRefused: [422, 'CALLBACK_REFUSED', 'That callback URL is not one we call'],
  idempotencyKeyReused: [422, 'IDEMPOTENCY_KEY_REUSED', 'That key came with another body'],
  tooManyRequests: [429, 'TOO_MANY_REQUESTS', 'Too many requests with this key'],
  headersTooLarge: [431, 'HEADERS_TOO_LARGE', 'The headers are larger than this takes'],
  internal: [500, 'INTERNAL', 'Something broke on our side'],
  injected: [503, 'INJECTED_FAULT', 'An injected fault answered'],
  dependencyUnavailable: [503, 'DEPENDENCY_UNAVAILABLE', 'A component this needs does not answer'],
  interrupted: [503, 'INTERRUPTED', 'The checkout was interrupted and called off'],
  dependencyTimeout: [504, 'DEPENDENCY_TIMEOUT', 'A component this needs took too long'],
} as const satisfies Record<string, Known>;

/** The product, order or payment asked for does not exist (404). */
export class NotFound extends Problem {
  constructor(values: { what: 'product' | 'order' | 'payment'; id: string }) {
    super(catalogue.notFound, `There is no ${values.what} ${values.id}.`, values);
  }
}

/** Less stock than wanted (409). Nothing was taken. */
export class OutOfStock extends Problem {
  constructor(values: { productId: string; wanted: number; left: number }) {
    const { productId, wanted, left } = values;
    super(catalogue.outOfStock, `${productId}: ${wanted} wanted, ${left} left.`, values);
  }
}

/** The card network said no (402). Nothing was charged. */
export class PaymentDeclined extends Problem {
  constructor(values: { orderId: string; reason: string }) {
    super(catalogue.paymentDeclined, `The card network declined: ${values.reason}.`, values);
  }
}

/** Any other problem of the catalogue, with its sentence and values. */
export function problem(
  name: keyof typeof catalogue,
  detail: string,
  values: Record<string, unknown> = {},
): Problem {
  return new Problem(catalogue[name], detail, values);
}

/** The answer's body for any thrown value; what is not a Problem tells nothing of the inside. */
export function toProblem(thrown: unknown): ProblemBody {
  const known =
    thrown instanceof Problem ? thrown : problem('internal', 'The reason is in the log.');
  const members = {
    type: `urn:problem:${known.code.toLowerCase().replaceAll('_', '-')}`,
    title: known.title,
    status: known.status,
    code: known.code,
    detail: known.message,
  };
  // Twice: first for their place in the JSON, last so that no value can ever overwrite one.
  return { ...members, ...known.values, ...members };
}
