// api-gateway/routes.test.ts: which method of which resource answers a request.
import { describe, expect, test } from 'vitest';
import type { OpenApiDocument } from './openapi.ts';
import {
  anyMethod,
  ask,
  documentOf,
  type Lab,
  proxy,
  stageVariable,
  startLab,
} from './test-kit.ts';

const last = (lab: Lab) => lab.asked.at(-1);

describe('a route', () => {
  test('leads to the function whose ARN is in the URI of its integration', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/orders': { get: proxy('shop-orders') } });
    expect(await ask(`${url}/orders`)).toMatchObject({ status: 200, text: 'ok' });
    expect(lab.asked.map(({ functionName }) => functionName)).toEqual(['shop-orders']);
  });

  test.each([
    ['GET', '/nothing'],
    ['POST', '/orders'],
    ['GET', '/'],
  ])('%s %s is in no document: 403 Missing Authentication Token', async (method, path) => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/orders': { get: proxy() } });
    const reply = await ask(`${url}${path}`, { method });
    expect(reply.status).toBe(403);
    expect(reply.json).toEqual({ message: 'Missing Authentication Token' });
    expect(reply.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    expect(lab.asked).toEqual([]);
  });

  test.each([
    ['/', '/'],
    ['/orders/latest', '/orders/latest'],
    ['/orders/ord_1', '/orders/{orderId}'],
    ['/orders/ord_1/lines', '/orders/{orderId}/lines'],
    ['/orders/latest/lines', '/orders/{orderId}/lines'],
    ['/orders/ord_1/other', '/{proxy+}'],
    ['/orders', '/{proxy+}'],
    ['/a/b/c', '/{proxy+}'],
    ['/a/b', '/a/b'],
    ['/a/x/y', '/a/{rest+}'],
  ])('%s is for the most specific resource: %s', async (path, resource) => {
    const lab = await startLab();
    const all = ['/', '/{proxy+}', '/orders/{orderId}', '/orders/latest', '/a/b', '/a/{rest+}'];
    const paths = [...all, '/orders/{orderId}/lines'].map((one) => [one, { get: proxy() }]);
    // Without its greedy sibling, `/a/b/c` would have nowhere to go back to.
    const given = path === '/a/b/c' ? paths.filter(([one]) => one !== '/a/{rest+}') : paths;
    const { url } = lab.deploy(Object.fromEntries(given));
    expect((await ask(`${url}${path}`)).status).toBe(200);
    expect(last(lab)?.event.resource).toBe(resource);
  });

  test('a method of its own goes before ANY, which takes all others', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/orders': { get: proxy('one'), [anyMethod]: proxy('all') } });
    for (const method of ['GET', 'POST', 'DELETE']) await ask(`${url}/orders`, { method });
    expect(lab.asked.map(({ functionName }) => functionName)).toEqual(['one', 'all', 'all']);
    expect(last(lab)?.event.httpMethod).toBe('DELETE');
  });

  test('a greedy variable takes the rest of the path, but not nothing', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/files/{proxy+}': { get: proxy() } });
    await ask(`${url}/files/a/b/c`);
    expect(last(lab)?.event.pathParameters).toEqual({ proxy: 'a/b/c' });
    expect((await ask(`${url}/files/`)).status).toBe(403);
  });

  test('a slash at the end does not count, and is still in the path of the event', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/orders/{orderId}': { get: proxy() } });
    expect((await ask(`${url}/orders/ord_1/`)).status).toBe(200);
    expect(last(lab)?.event).toMatchObject({
      path: '/orders/ord_1/',
      pathParameters: { orderId: 'ord_1' },
    });
  });

  test('the function may be named by a stage variable', async () => {
    const lab = await startLab();
    const paths = { '/': { get: proxy(`shop-${stageVariable('part')}:2`) } };
    const { url } = lab.deploy(paths, { settings: { variables: { part: 'orders' } } });
    await ask(url);
    expect(last(lab)?.functionName).toBe('shop-orders:2');
  });
});

describe('a document', () => {
  const get = (operation: object) => documentOf({ '/a': { get: operation } });
  const refused: [what: string, document: OpenApiDocument, words: string][] = [
    ['of OpenAPI 3.1', documentOf({}, { openapi: '3.1.0' }), 'OpenAPI 3.0'],
    ['with a method without integration', get({}), 'No integration defined for method GET /a'],
    ['with another integration', get(proxy('f', { type: 'http_proxy' })), 'http_proxy'],
    ['with a URI that is no function', get(proxy('f', { uri: 'http://a' })), 'Invalid ARN'],
    ['that invokes with GET', get(proxy('f', { httpMethod: 'GET' })), 'httpMethod POST'],
    ['that waits too long', get(proxy('f', { timeoutInMillis: 29_001 })), '29000 ms'],
    [
      'with two variables in one place',
      documentOf({ '/a/{one}': { get: proxy() }, '/a/{two}/b': { get: proxy() } }),
      'only one unique variable path part',
    ],
    ['with a greedy variable inside', documentOf({ '/{all+}/b': { get: proxy() } }), 'greedy'],
    ['with half a variable', documentOf({ '/a/x{id}': { get: proxy() } }), 'path part'],
    [
      'with keys from an authorizer',
      documentOf({}, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' }),
      'HEADER',
    ],
    ['with unknown security', get({ ...proxy(), security: [{ sigv4: [] }] }), 'sigv4'],
  ];

  test.each(refused)('%s is refused', async (_, body, words) => {
    const { gateway } = await startLab();
    const create = () => gateway.createRestApi({ name: 'shop', body });
    expect(create).toThrow(expect.objectContaining({ name: 'BadRequestException' }));
    expect(create).toThrow(words);
  });
});
