// openapi/breaking.test.ts: planted changes of the real document: some break somebody, some do not.
import { describe, expect, test } from 'vitest';
import { breakingChanges } from './breaking.ts';
import { contractDocument } from './contract-document.ts';
import type { ApiDocument, Schema } from './document.ts';

/** The document as a plain object that a test may damage. */
type Loose = ReturnType<typeof JSON.parse>;
type Change = (paths: Loose, document: Loose) => void;

function changed(change: Change): ApiDocument {
  const document: Loose = contractDocument();
  change(document.paths, document);
  return document;
}

const parameter = (operation: Loose, name: string) =>
  operation.parameters.find((one: { name: string }) => one.name === name);
const bodyOf = (operation: Loose) => operation.requestBody.content['application/json'].schema;
const answerOf = (operation: Loose, status = 200) =>
  operation.responses[status].content['application/json'].schema;
const problemOf = (document: Loose) => document.components.schemas.Problem;
const query = (name: string, schema: Schema, required: boolean) => ({
  name,
  in: 'query',
  required,
  schema,
});

const breaks: [what: string, change: Change, told: string][] = [
  [
    'an operation is removed',
    (paths) => delete paths['/stock/{productId}'],
    'getStock: GET /stock/{productId} is gone',
  ],
  [
    'an operation moves to another path',
    (paths) => {
      paths['/purchases'] = { post: paths['/orders'].post };
      delete paths['/orders'].post;
    },
    'placeOrder: moved from POST /orders to POST /purchases',
  ],
  [
    'an operation gets another name',
    (paths) => (paths['/orders'].get.operationId = 'findOrders'),
    'listOrders: is now called findOrders',
  ],
  [
    'an optional parameter becomes required',
    (paths) => (parameter(paths['/products'].get, 'q').required = true),
    'listProducts: the parameter q is now required',
  ],
  [
    'a required parameter is added',
    (paths) => paths['/products'].get.parameters.push(query('shop', { type: 'string' }, true)),
    'listProducts: the parameter shop is new and required',
  ],
  [
    'a parameter is removed',
    (paths) => paths['/products'].get.parameters.shift(),
    'listProducts: the parameter category is gone',
  ],
  [
    'the header that makes a call repeatable is removed',
    (paths) => (paths['/orders'].post.parameters = []),
    'placeOrder: the parameter Idempotency-Key is gone',
  ],
  [
    'a word is no longer taken',
    (paths) => parameter(paths['/products'].get, 'category').schema.enum.pop(),
    'listProducts: the parameter category no longer takes "toys"',
  ],
  [
    'a maximum becomes smaller',
    (paths) => (parameter(paths['/products'].get, 'limit').schema.maximum = 50),
    'listProducts: the parameter limit: maximum was 100 and is 50',
  ],
  [
    'what is left out means something else',
    (paths) => (parameter(paths['/products'].get, 'limit').schema.default = 10),
    'listProducts: the parameter limit: default was 20 and is 10',
  ],
  [
    'an optional field of a body becomes required',
    (paths) => {
      bodyOf(paths['/orders'].post).properties.note = { type: 'string' };
      bodyOf(paths['/orders'].post).required.push('note');
    },
    'placeOrder: note in the body is new and required',
  ],
  [
    'a field of a body is no longer taken',
    (paths) => delete bodyOf(paths['/orders'].post).properties.cardToken,
    'placeOrder: cardToken in the body is gone',
  ],
  [
    'a field deep in a body takes less',
    (paths) =>
      (bodyOf(paths['/orders'].post).properties.lines.items.properties.quantity.maximum = 9),
    'placeOrder: lines[].quantity in the body: maximum was 99 and is 9',
  ],
  [
    'a pattern in a body changes',
    (paths) => (bodyOf(paths['/orders'].post).properties.cardToken.pattern = '^tok_[a-z]+$'),
    'placeOrder: cardToken in the body: pattern was ^tok_[a-z_]{1,40}$ and is ^tok_[a-z]+$',
  ],
  [
    'a body appears where none was',
    (paths) =>
      (paths['/orders/{orderId}/cancellation'].post.requestBody = { required: true, content: {} }),
    'cancelOrder: the body is new and required',
  ],
  [
    'a field of an answer is removed',
    (paths) => delete answerOf(paths['/stock/{productId}'].get).properties.available,
    'getStock: available in the answer 200 is gone',
  ],
  [
    'a field of an answer may be missing',
    (paths) => (answerOf(paths['/stock/{productId}'].get).required = ['productId']),
    'getStock: available in the answer 200 may now be left out',
  ],
  [
    'a field of an answer changes its type',
    (paths) =>
      (answerOf(paths['/reports/revenue'].get).properties.rows.items.properties.orders.type =
        'string'),
    'revenueReport: rows[].orders in the answer 200 was integer and is string',
  ],
  [
    'a field of an answer may be null',
    (paths) =>
      (answerOf(paths['/stock/{productId}'].get).properties.available.type = ['integer', 'null']),
    'getStock: available in the answer 200 was integer and is integer or null',
  ],
  [
    'a word of an answer is removed',
    (paths) => answerOf(paths['/payments/{orderId}'].get).properties.status.enum.pop(),
    'getPayment: status in the answer 200 is never again "refunded"',
  ],
  [
    'a word of an answer is added',
    (paths) => answerOf(paths['/payments/{orderId}'].get).properties.status.enum.push('lost'),
    'getPayment: status in the answer 200 may now be "lost"',
  ],
  [
    'an answer comes with another status',
    (paths) => {
      const { responses } = paths['/orders'].post;
      responses[202] = responses[201];
      delete responses[201];
    },
    'placeOrder: the answer 201 is gone',
  ],
  [
    'an answer comes in another format',
    (paths) => {
      const { content } = paths['/products/{productId}'].get.responses[200];
      content['text/csv'] = content['application/json'];
      delete content['application/json'];
    },
    'getProduct: the answer 200 is no longer application/json',
  ],
  [
    'refusals lose their code',
    (_, document) => delete problemOf(document).properties.code,
    'getProduct: code in the answer default is gone',
  ],
  [
    'what everybody could ask wants a key',
    (paths) => (paths['/products'].get.security = [{ apiKey: [] }]),
    'listProducts: is no longer open to who has no key',
  ],
  [
    'the key travels in another header',
    (_, document) => (document.components.securitySchemes.apiKey.name = 'authorization'),
    'placeOrder: apiKey is no longer sent as before',
  ],
  [
    'a schema changes in a way that nothing here judges',
    (paths) => (bodyOf(paths['/orders'].post).properties.lines.contains = { type: 'object' }),
    'placeOrder: lines in the body: contains has changed, and what that breaks is not known',
  ],
];

const harmless: [what: string, change: Change][] = [
  ['nothing at all', () => {}],
  ['another description', (paths) => (paths['/orders'].get.summary = 'Orders.')],
  [
    'an operation more',
    (paths) => (paths['/wishes'] = { get: { ...paths['/orders'].get, operationId: 'listWishes' } }),
  ],
  [
    'an optional parameter more',
    (paths) => paths['/products'].get.parameters.push(query('colour', { type: 'string' }, false)),
  ],
  [
    'an optional field of a body more',
    (paths) => (bodyOf(paths['/orders'].post).properties.note = { type: 'string' }),
  ],
  [
    'a word more that is taken',
    (paths) => parameter(paths['/products'].get, 'category').schema.enum.push('wine'),
  ],
  [
    'a wider limit of what is taken',
    (paths) => (parameter(paths['/products'].get, 'limit').schema.maximum = 200),
  ],
  [
    'a field of an answer more',
    (paths) =>
      (answerOf(paths['/stock/{productId}'].get).properties.reserved = { type: 'integer' }),
  ],
  [
    'a narrower promise in an answer',
    (paths) => (answerOf(paths['/stock/{productId}'].get).properties.available.maximum = 1000),
  ],
  [
    'a refusal that is described by itself',
    (paths) => {
      const { responses } = paths['/products/{productId}'].get;
      responses[404] = responses.default;
    },
  ],
  [
    'another success for who asks for it',
    (paths) => {
      const { responses } = paths['/orders/{orderId}/cancellation'].post;
      responses[202] = { ...responses[200], headers: { 'Preference-Applied': {} } };
    },
  ],
  ['an operation that anybody may call now', (paths) => delete paths['/orders'].get.security],
];

describe('a change that breaks somebody is named', () => {
  test.each(breaks)('%s', (_, change, told) => {
    expect(breakingChanges(contractDocument(), changed(change))).toContain(told);
  });
});

describe('a change that breaks nobody passes', () => {
  test.each(harmless)('%s', (_, change) => {
    expect(breakingChanges(contractDocument(), changed(change))).toEqual([]);
  });
});

test('a change behind a reference shows, and a schema that contains itself ends', () => {
  const tree = (kind: string) => ({
    type: 'object',
    properties: {
      kind: { type: kind },
      children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      other: { oneOf: [{ $ref: '#/components/schemas/Tree' }] },
    },
  });
  const withTree = (kind: string) =>
    changed((paths, document) => {
      document.components.schemas.Tree = tree(kind);
      paths['/stock/{productId}'].get.responses[200].content['application/json'].schema = {
        $ref: '#/components/schemas/Tree',
      };
    });
  expect(breakingChanges(withTree('string'), withTree('string'))).toEqual([]);
  expect(breakingChanges(withTree('string'), withTree('integer'))).toEqual([
    'getStock: kind in the answer 200 was string and is integer',
    'getStock: other in the answer 200: oneOf has changed, and what that breaks is not known',
  ]);
});
