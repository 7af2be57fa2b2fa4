// api-gateway/gateway-responses.test.ts: what the gateway says itself, how an API shapes it, and CORS.
import { describe, expect, test, vi } from 'vitest';
import type { GatewayResponses } from './openapi.ts';
import { ask, type Lab, proxy, returning, startLab, withKey } from './test-kit.ts';

describe('without the API’s own words', () => {
  test.each(['restapis/none/prod', 'restapis/API/none'])('%s: 403 Forbidden', async (place) => {
    const lab = await startLab();
    const { id } = lab.deploy({ '/': { get: proxy() } });
    const url = `${lab.gateway.url}/${place.replace('API', id)}/_user_request_/`;
    expect(await ask(url)).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
  });

  test('a URL of another form: 403 Forbidden', async () => {
    const { gateway } = await startLab();
    const reply = await ask(`${gateway.url}/prod/orders`);
    expect(reply).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
    expect(reply.headers['x-amzn-errortype']).toBe('ForbiddenException');
  });

  test('a body may have 10 MB; one byte more is 413 and names that limit', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/': { post: proxy() } });
    const send = (bytes: number) => ask(url, { method: 'POST', body: Buffer.alloc(bytes, 'x') });
    expect((await send(10_485_760)).status).toBe(200);
    expect(await send(10_485_761)).toMatchObject({
      status: 413,
      json: { message: 'HTTP content length exceeded 10485760 bytes.' },
    });
    expect(lab.asked).toHaveLength(1);
  });

  test('what nobody foresaw is 500, told on stderr, and ends nothing', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const lab = await startLab();
    lab.invoke = () => Promise.reject(new TypeError('a planted fault'));
    const { url } = lab.deploy({ '/': { get: proxy() } });
    expect(await ask(url)).toMatchObject({
      status: 500,
      json: { message: 'Internal server error' },
    });
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
    lab.invoke = returning({});
    expect((await ask(url)).status).toBe(200);
  });
});

function deployWith(lab: Lab, responses: GatewayResponses) {
  const document = { 'x-amazon-apigateway-gateway-responses': responses };
  const operations = { get: proxy(), put: { ...proxy(), ...withKey } };
  return lab.deploy({ '/': operations }, { document, settings: { variables: { help: 'desk' } } });
}

describe('a gateway response', () => {
  test('of its own type gives status, headers and body, with variables filled in', async () => {
    const lab = await startLab();
    const { url } = deployWith(lab, {
      MISSING_AUTHENTICATION_TOKEN: {
        statusCode: 404,
        responseParameters: {
          'gatewayresponse.header.X-Path': 'context.path',
          'gatewayresponse.header.X-Query': 'method.request.querystring.q',
          'gatewayresponse.header.X-None': 'method.request.header.none',
        },
        responseTemplates: {
          'application/problem+json':
            '{"type":"$context.error.responseType","title":$context.error.messageString,' +
            '"request":"$context.requestId","help":"$stageVariables.help"}',
        },
      },
    });
    const reply = await ask(`${url}/nothing?q=a`);
    expect(reply.status).toBe(404);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-path': expect.stringMatching(/prod\/_user_request_\/nothing$/),
      'x-query': 'a',
    });
    expect(reply.headers['x-none']).toBeUndefined();
    expect(reply.json).toEqual({
      type: 'MISSING_AUTHENTICATION_TOKEN',
      title: 'Missing Authentication Token',
      request: reply.headers['x-amzn-requestid'],
      help: 'desk',
    });
  });

  test('DEFAULT_4XX and DEFAULT_5XX stand in for all types of their hundred', async () => {
    const lab = await startLab();
    const { url } = deployWith(lab, {
      DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.X-Kind': "'four'" } },
      DEFAULT_5XX: { responseParameters: { 'gatewayresponse.header.X-Kind': "'five'" } },
      INVALID_API_KEY: { responseParameters: { 'gatewayresponse.header.X-Kind': "'key'" } },
    });
    lab.invoke = returning('malformed');
    const kinds = [
      await ask(`${url}/nothing`),
      await ask(url),
      await ask(url, { method: 'PUT' }),
    ].map(({ status, headers }) => [status, headers['x-kind']]);
    expect(kinds).toEqual([
      [403, 'four'],
      [502, 'five'],
      [403, 'key'],
    ]);
  });

  test('a header that HTTP does not allow is left out', async () => {
    const lab = await startLab();
    const { url } = deployWith(lab, {
      DEFAULT_4XX: {
        responseParameters: { 'gatewayresponse.header.X-Q': 'method.request.querystring.q' },
      },
    });
    const { status, headers } = await ask(`${url}/nothing?q=a%0Ab`);
    expect(status).toBe(403);
    expect(headers['x-q']).toBeUndefined();
  });

  test('a status that no answer can have is refused', async () => {
    const lab = await startLab();
    expect(() => deployWith(lab, { THROTTLED: { statusCode: 'soon' } })).toThrow('THROTTLED');
  });
});

/** As the console writes it for "Enable CORS". */
const preflight = {
  responses: { 200: { description: 'CORS' } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: {
      default: {
        statusCode: '200',
        responseParameters: {
          'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
          'method.response.header.Access-Control-Allow-Headers': "'Content-Type,X-Api-Key'",
          'method.response.header.Access-Control-Allow-Origin': "'*'",
        },
      },
    },
  },
};

describe('CORS', () => {
  test('a preflight is answered by a mock integration, and no function hears of it', async () => {
    const lab = await startLab();
    const { url } = lab.deploy({ '/': { get: { ...proxy(), ...withKey }, options: preflight } });
    const reply = await ask(url, { method: 'OPTIONS', headers: { Origin: 'http://shop' } });
    expect(reply).toMatchObject({ status: 200, text: '' });
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,OPTIONS',
      'access-control-allow-headers': 'Content-Type,X-Api-Key',
    });
    expect(lab.asked).toEqual([]);
  });

  test('the gateway’s own errors need the headers as well, or a browser sees a network error', async () => {
    const allow = {
      responseParameters: {
        'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
      },
    };
    const lab = await startLab();
    const { url } = deployWith(lab, { DEFAULT_4XX: allow, DEFAULT_5XX: allow });
    lab.invoke = returning('malformed');
    const headers = { Origin: 'http://shop' };
    for (const reply of [await ask(url, { headers }), await ask(`${url}/nothing`, { headers })])
      expect(reply.headers['access-control-allow-origin']).toBe('http://shop');
  });

  test('a function’s answers carry what the function says, and nothing else', async () => {
    const lab = await startLab();
    const { url } = deployWith(lab, { DEFAULT_4XX: {} });
    const { headers } = await ask(url, { headers: { Origin: 'http://shop' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a mock without a status in its template: 500', async () => {
    const lab = await startLab();
    const integration = { type: 'mock', requestTemplates: { 'application/json': '{}' } };
    const { url } = lab.deploy({
      '/': { get: { 'x-amazon-apigateway-integration': integration } },
    });
    expect((await ask(url)).status).toBe(500);
  });
});
