// test/bad-bodies.ts: orders, bodies and keys that a shop should refuse.
// Read by differential.test.ts.
import { requestBytes } from './raw-http.ts';
import {
  type BadRequest,
  bare,
  get,
  instructor,
  json,
  key,
  large,
  line,
  order,
  place,
  post,
  withLine,
} from './request-kit.ts';

const orders: BadRequest[] = [
  ['customerId is a number', place({ customerId: 7 })],
  ['lines is an object', place({ lines: line })],
  ['lines is missing', place({ lines: undefined })],
  ['everything is missing', post('{}')],
  ['there is a field nobody knows', place({ coupon: 'SUMMER' })],
  ['a line has a field nobody knows', withLine({ priceCents: 1 })],
  ['there are no lines', place({ lines: [] })],
  ['51 lines', place({ lines: Array.from({ length: 51 }, () => line) })],
  ['a quantity of zero', withLine({ quantity: 0 })],
  ['a negative quantity', withLine({ quantity: -1 })],
  ['a fractional quantity', withLine({ quantity: 1.5 })],
  ['a quantity of 100', withLine({ quantity: 100 })],
  ['a quantity beyond every integer', withLine({ quantity: 1e300 })],
  ['a quantity as text', withLine({ quantity: '1' })],
  ['a quantity of null', withLine({ quantity: null })],
  ['a product on two lines', place({ lines: [line, line] })],
  ['a product that is not sold', withLine({ productId: 'prd_9999' })],
  ['a product id of 1,000 characters', withLine({ productId: `prd_${'9'.repeat(1000)}` })],
  ['a product id with a quote', withLine({ productId: "prd_1' OR '1'='1" })],
  ['a card number instead of a token', place({ cardToken: '4111111111111111' })],
  ['more stock than there is', withLine({ productId: 'prd_0161', quantity: 2 })],
  ['a __proto__ beside the fields', post(`{"__proto__":{"a":1},${JSON.stringify(order).slice(1)}`)],
  ['a constructor beside the fields', place({ constructor: { prototype: {} } })],
  [
    'a field twice',
    post(`{"customerId":"cus_alice",${JSON.stringify({ ...order, lines: 1 }).slice(1)}`),
  ],
  ['brackets nested 10,000 deep', post(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)],
  ['a card that is declined', place({ cardToken: 'tok_declined' })],
];

const bodies: BadRequest[] = [
  ['JSON that breaks off', post('{"customerId":"cus_bob",')],
  ['no JSON at all', post('customerId=cus_bob')],
  ['an empty body', post('')],
  ['a body of spaces', post('   ')],
  ['a body of null', post('null')],
  ['a body of text', post('"order"')],
  ['a body of an array', post(JSON.stringify([order]))],
  ['a byte order mark', post(`\ufeff${JSON.stringify(order).slice(0, -1)},"a":1}`)],
  ['bytes that are not UTF-8', post(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ['a megabyte', post(large)],
  ['a megabyte of unknown length', post(large, { 'transfer-encoding': 'chunked' })],
  ['a megabyte from a stranger', requestBytes('POST', '/orders', json, large)],
  [
    'a megabyte where nothing answers',
    requestBytes('POST', '/nowhere', { ...key, ...json }, large),
  ],
  ['a megabyte announced, and asked for', post(large, { expect: '100-continue' })],
  ['a bad order in chunks', post('{"a":1}', { 'transfer-encoding': 'chunked' })],
  ['a form', post('a=1', { 'content-type': 'application/x-www-form-urlencoded' })],
  ['a plain text', post(JSON.stringify(order), { 'content-type': 'text/plain' })],
  ['a kind of JSON', post('{}', { 'content-type': 'application/merge-patch+json' })],
  ['a content type in capitals', post('{}', { 'content-type': 'APPLICATION/JSON' })],
  [
    'a content type with a charset',
    post('{}', { 'content-type': 'application/json;charset=utf-8' }),
  ],
  ['a content type that is none', post('{}', { 'content-type': 'nonsense' })],
  ['an empty content type', post('{}', { 'content-type': '' })],
  ['no content type', requestBytes('POST', '/orders', key, '{}')],
  ['no content type and no body', requestBytes('POST', '/orders', key)],
  ['a gzip coding', post('{}', { 'content-encoding': 'gzip' })],
  ['an unknown coding', post('{}', { 'content-encoding': 'teapot' })],
  ['a coding that changes nothing', post('{}', { 'content-encoding': 'identity' })],
  [
    'a body where none is expected',
    requestBytes('GET', '/products/prd_9999', { ...key, ...json }, '{'),
  ],
  [
    'a cancellation with a body',
    requestBytes('POST', '/orders/ord_1/cancellation', { ...key, ...json }, '{}'),
  ],
  [
    'a cancellation with a broken body',
    requestBytes('POST', '/orders/ord_1/cancellation', { ...key, ...json }, '{'),
  ],
];

const keys: BadRequest[] = [
  ['no key', bare('GET', '/orders?customerId=cus_bob', {})],
  ['a key nobody knows', get('/orders?customerId=cus_bob', { 'x-api-key': 'somebody' })],
  ['an empty key', get('/orders?customerId=cus_bob', { 'x-api-key': '' })],
  ['no key and a broken body', requestBytes('POST', '/orders', json, '{')],
  ['no key and a bad id', bare('GET', '/orders/nonsense', {})],
  ['an empty Idempotency-Key', post(JSON.stringify(order), { 'idempotency-key': '' })],
  [
    'an Idempotency-Key of 101 characters',
    post(JSON.stringify(order), { 'idempotency-key': 'k'.repeat(101) }),
  ],
  ['a bad Idempotency-Key and a broken body', post('{', { 'idempotency-key': '' })],
  ['faults without a key', bare('GET', '/chaos', {})],
  ['faults with the customer’s key', get('/chaos')],
  [
    'a fault without a kind',
    requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, '{}'),
  ],
  [
    'a fault of no kind',
    requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, '{"kind":"flood"}'),
  ],
  [
    'a latency without a duration',
    requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, '{"kind":"latency"}'),
  ],
  ['a fault in broken JSON', requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, '{')],
  [
    'a healing in broken JSON',
    requestBytes('DELETE', '/chaos/orders', { ...instructor, ...json }, '{'),
  ],
  ['a fault without a body', requestBytes('PUT', '/chaos/orders', { ...instructor, ...json })],
  ['a fault of null', requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, 'null')],
  ['a fault as a form', requestBytes('PUT', '/chaos/orders', instructor, 'kind=crash')],
  [
    'a fault of a megabyte',
    requestBytes('PUT', '/chaos/orders', { ...instructor, ...json }, large),
  ],
  ['a component in capitals', requestBytes('GET', '/chaos/ORDERS', instructor)],
];

/** By what is bad. */
export const badBodies = { orders, bodies, keys } as const;
