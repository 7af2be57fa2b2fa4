// test/bad-targets.ts: paths, queries, methods and bytes that a shop should refuse, or bear.
// Read by differential.test.ts.
import { requestBytes } from './raw-http.ts';
import { type BadRequest, bare, get, instructor, json, key, post } from './request-kit.ts';

const paths: BadRequest[] = [
  ['a path nobody knows', get('/nowhere')],
  ['a path of one slash too many', get('/products/')],
  ['two slashes in front', get('//products')],
  ['an order without its id', get('/orders/')],
  ['a path in capitals', get('/PRODUCTS')],
  ['a broken percent-encoding', get('/products/%zz')],
  ['a percent-encoding that is no UTF-8', get('/products/%ff')],
  ['a broken percent-encoding where nothing answers', get('/%zz')],
  ['an encoded slash in an id', get('/products/prd_1%2F2')],
  ['an encoded path', get('/%70roducts?limit=0')],
  ['an encoded null in an id', get('/products/prd_1%00')],
  ['a semicolon in the path', get('/products;a=1')],
  ['a path that climbs', get('/docs/../products?limit=0')],
  ['a file outside of the docs', get('/docs/..%2f..%2fpackage.json')],
  ['an id that does not fit', get('/products/teapot')],
  ['an id that is not there', get('/products/prd_9999')],
  ['an id of 5,000 characters', get(`/products/prd_${'9'.repeat(5000)}`)],
  ['an order nobody placed', get('/orders/ord_9999')],
  ['a payment nobody made', get('/payments/ord_9999')],
  ['a whole address as target', get('http://shop/products?limit=0')],
  ['an asterisk as target', bare('GET', '*')],
  ['an internal path', get('/prices?productIds=prd_0001')],
];

const queries: BadRequest[] = [
  ...[
    '0',
    '101',
    '-1',
    'abc',
    '1e3',
    '1.5',
    '',
    ' 5',
    '0x10',
    'null',
    'true',
    '99999999999999999999',
  ].map(
    (limit): BadRequest => [
      `a limit of "${limit}"`,
      get(`/products?limit=${encodeURIComponent(limit)}`),
    ],
  ),
  ['a limit twice', get('/products?limit=1&limit=2')],
  ['a limit in brackets', get('/products?limit[]=1')],
  ['a limit without a value', get('/products?limit')],
  ['a cursor nobody gave out', get('/products?cursor=teapot')],
  ['an empty cursor', get('/products?cursor=')],
  ['a cursor of 201 characters', get(`/products?cursor=${'a'.repeat(201)}`)],
  ['a cursor twice', get('/products?cursor=a&cursor=b')],
  ['a category nobody knows', get('/products?category=cars')],
  ['a parameter nobody knows', get('/products?colour=red')],
  ['a parameter named __proto__', get('/products?__proto__=1')],
  ['a parameter named constructor', get('/products?constructor=1')],
  ['a query with a broken encoding', get('/products?q=%zz')],
  ['a query that is no UTF-8', get('/products?q=%ff')],
  ['a search with a null', get('/products?q=%00')],
  ['a query of ampersands', get('/products?&&limit=0&&')],
  ['a query of a thousand parameters', get(`/products?${'a=1&'.repeat(999)}limit=0`)],
  ['orders of nobody', get('/orders')],
  ['orders of two', get('/orders?customerId=cus_bob&customerId=cus_alice')],
  ['a report by nothing', get('/reports/revenue')],
  ['a report from no day', get('/reports/revenue?by=day&from=2026-02-30')],
];

const methods: BadRequest[] = [
  ['DELETE of the products', bare('DELETE', '/products')],
  ['POST to a product', requestBytes('POST', '/products/prd_0001', { ...key, ...json }, '{}')],
  [
    'POST of broken JSON to a product',
    requestBytes('POST', '/products/prd_0001', { ...key, ...json }, '{'),
  ],
  ['PUT of an order', requestBytes('PUT', '/orders', { ...key, ...json }, '{}')],
  ['PATCH of an order', requestBytes('PATCH', '/orders/ord_1', { ...key, ...json }, '{}')],
  ['POST to /health', requestBytes('POST', '/health', { ...key, ...json }, '{}')],
  ['POST to /chaos', requestBytes('POST', '/chaos', { ...instructor, ...json }, '{}')],
  ['POST where nothing answers', requestBytes('POST', '/nowhere', { ...key, ...json }, '{}')],
  ['HEAD of the products', bare('HEAD', '/products?limit=0')],
  ['HEAD of a product', bare('HEAD', '/products/prd_0001')],
  ['HEAD of a product that is not there', bare('HEAD', '/products/prd_9999')],
  ['HEAD where nothing answers', bare('HEAD', '/nowhere')],
  ['OPTIONS of the orders', bare('OPTIONS', '/orders')],
  ['OPTIONS where nothing answers', bare('OPTIONS', '/nowhere')],
  ['OPTIONS of everything', bare('OPTIONS', '*')],
  ['TRACE', bare('TRACE', '/products')],
  ['PROPFIND', bare('PROPFIND', '/products')],
  ['QUERY', bare('QUERY', '/products')],
  ['a method nobody knows', bare('BREW', '/products')],
  ['a method in small letters', bare('get', '/products')],
];

const wire: BadRequest[] = [
  ['no HTTP at all', Buffer.from('hello\r\n\r\n')],
  [
    'a header without a colon',
    Buffer.from('GET /products HTTP/1.1\r\nhost: shop\r\nnonsense\r\n\r\n'),
  ],
  ['no host', Buffer.from('GET /nowhere HTTP/1.1\r\nconnection: close\r\n\r\n')],
  ['HTTP/1.0', Buffer.from('GET /nowhere HTTP/1.0\r\n\r\n')],
  ['HTTP/3.7', Buffer.from('GET /nowhere HTTP/3.7\r\nhost: shop\r\n\r\n')],
  ['headers of 20,000 bytes', get('/products', { ...key, 'x-long': 'x'.repeat(20_000) })],
  [
    'two lengths that disagree',
    Buffer.from(
      'POST /orders HTTP/1.1\r\nhost: shop\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
    ),
  ],
  ['a length and chunks', post('{}', { 'transfer-encoding': 'chunked', 'content-length': '2' })],
  [
    'chunks that are none',
    Buffer.from(
      'POST /orders HTTP/1.1\r\nhost: shop\r\nx-api-key: demo-student-one-shop\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    ),
  ],
  ['an expectation nobody meets', get('/nowhere', { ...key, expect: 'teapot' })],
  ['a request id with a script', get('/nowhere', { ...key, 'x-request-id': '<script>' })],
];

/** By what is bad. */
export const badTargets = { paths, queries, methods, wire } as const;
