// contract/validate.test.ts: which requests fit the contract, and what the others are told.
// Run by vitest.
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { theLastTeapot } from '../fixtures/products.ts';
import { listProducts, Product, ProductQuery } from './catalog.ts';
import { Fault } from './chaos.ts';
import { operations } from './operations.ts';
import { NewOrder, Order, placeOrder } from './orders.ts';
import { RevenueQuery } from './reports.ts';
import { fits, inputReader, type Part, partValidator } from './validate.ts';

const lines = [{ productId: theLastTeapot.id, quantity: 1 }];
const order = { customerId: 'cus_alice', lines, cardToken: 'tok_visa' };

/** What is wrong, `where: what` each; [] for nothing. */
function errorsOf(
  schema: Parameters<typeof partValidator>[0],
  part: Part,
  data: unknown,
): string[] {
  const found = partValidator(schema, part)(data);
  if (!('error' in found)) return [];
  expect(found.error).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  const errors = found.error.values.errors as { at: string; problem: string }[];
  return errors.map(({ at, problem }) => `${at}: ${problem}`);
}

describe('an order', () => {
  test('that fits is taken', () => {
    expect(errorsOf(NewOrder, 'body', order)).toEqual([]);
  });

  test.each([
    [{ ...order, customerId: 'alice' }, 'body/customerId'],
    [{ ...order, cardToken: '4111 1111 1111 1111' }, 'body/cardToken'],
    [{ ...order, lines: [] }, 'body/lines'],
    [{ ...order, lines: Array(51).fill(lines[0]) }, 'body/lines'],
    [{ ...order, lines: [{ ...lines[0], quantity: 0 }] }, 'body/lines/0/quantity'],
    [{ ...order, lines: [{ ...lines[0], quantity: 100 }] }, 'body/lines/0/quantity'],
    [{ ...order, lines: [{ ...lines[0], quantity: 1.5 }] }, 'body/lines/0/quantity'],
    [{ ...order, lines: [{ ...lines[0], quantity: '1' }] }, 'body/lines/0/quantity'],
    [{ ...order, lines: [{ ...lines[0], priceCents: 1 }] }, 'body/lines/0'],
    [[order], 'body'],
    [null, 'body'],
    ['order', 'body'],
  ])('that does not fit is told where: %j', (body, at) => {
    const errors = errorsOf(NewOrder, 'body', body);
    expect(errors.map((error) => error.split(':')[0])).toEqual([at]);
  });

  test('with many mistakes is told of the first ten', () => {
    const bad = { ...order, lines: Array(30).fill({ productId: 'x', quantity: 0 }) };
    expect(errorsOf(NewOrder, 'body', bad)).toHaveLength(10);
  });

  test('with a misspelt field is told its name', () => {
    const { cardToken: token, ...rest } = order;
    expect(errorsOf(NewOrder, 'body', { ...rest, cardtoken: token })).toEqual([
      "body: must have required property 'cardToken'",
      'body: does not take cardtoken',
    ]);
  });

  test('with a field named like a prototype is refused', () => {
    const body = JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(order).slice(1)}`);
    expect(errorsOf(NewOrder, 'body', body)).toEqual(['body: does not take __proto__']);
  });
});

describe('a query', () => {
  test('is text, and becomes what the contract says; what is missing gets its default', () => {
    const read = partValidator(ProductQuery, 'query');
    expect(read({ limit: '7' })).toEqual({ value: { limit: 7 } });
    expect(read({ q: '20' })).toEqual({ value: { q: '20', limit: 20 } });
  });

  test.each([
    [{ limit: '0' }, 'query/limit: must be >= 1'],
    [{ limit: '101' }, 'query/limit: must be <= 100'],
    [{ limit: 'many' }, 'query/limit: must be integer'],
    [{ limit: ['1', '2'] }, 'query/limit: must be integer'],
    [{ category: 'cars' }, 'query/category: must be one of books, coffee, garden, '],
    [{ page: '2' }, 'query: does not take page'],
  ])('that does not fit is told what would: %j', (query, told) => {
    const [error] = errorsOf(ProductQuery, 'query', query);
    expect(error?.startsWith(told)).toBe(true);
  });

  test.each(['2026-02-30', '2026-1-1', 'yesterday', '2026-11-22T00:00:00Z'])(
    'for the day %s is refused',
    (from) => expect(errorsOf(RevenueQuery, 'query', { by: 'day', from })).toHaveLength(1),
  );
});

describe('a fault', () => {
  test('is told what its own kind wants, and not what all the others want', () => {
    expect(errorsOf(Fault, 'body', { kind: 'latency' })).toEqual([
      "body: must have required property 'latencyMs'",
    ]);
    expect(errorsOf(Fault, 'body', { kind: 'nap' })).toHaveLength(1);
    expect(errorsOf(Fault, 'body', { kind: 'error', latencyMs: 5 })).toEqual([
      'body: does not take latencyMs',
    ]);
  });
});

test('a whole request is refused for its first part that does not fit', () => {
  const read = inputReader(placeOrder);
  const input = { params: undefined, query: undefined, body: order };
  expect(read(input)).toEqual(input);
  expect(() => read({ ...input, body: { ...order, lines: [] } })).toThrow(Problem);
  const browse = inputReader(listProducts);
  const query = { limit: 0 };
  expect(() => browse({ params: undefined, query, body: undefined })).toThrow(/query\/limit/);
});

test('no JSON whatever breaks the validator itself', () => {
  const read = partValidator(NewOrder, 'body');
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const found = read(body);
      if ('error' in found) expect(found.error.status).toBe(400);
    }),
  );
});

test('an answer is checked to the last field', () => {
  const { initialStock: _stock, ...teapot } = theLastTeapot;
  expect(fits(Product)(teapot)).toBeNull();
  expect(fits(Product)(theLastTeapot)).toContain('additional');
  expect(fits(Product)({ ...teapot, priceCents: '14900' })).toBe(
    'answer/priceCents must be integer',
  );
  expect(fits(Order)({})).toContain('answer must have required property');
});

test('every schema of the contract is one: no process looks again at its start', () => {
  const ajv = new Ajv({ strict: false, discriminator: true });
  const schemas = operations.flatMap(({ params, query, body, answer }) =>
    [params, query, body, answer].filter((schema) => schema !== undefined),
  );
  expect(schemas.length).toBeGreaterThan(operations.length);
  for (const schema of schemas)
    expect(ajv.validateSchema(schema) || ajv.errorsText(ajv.errors)).toBe(true);
  expect(ajv.validateSchema({ type: 'strnig' })).toBe(false);
});
