// api-gateway/deployments.test.ts: what clients see of an API, and when.
import { expect, test } from 'vitest';
import { ask, documentOf, proxy, stageVariable, startLab } from './test-kit.ts';

const before = documentOf({ '/': { get: proxy('before') } });
const after = documentOf({ '/': { get: proxy('after') } });

async function withApi() {
  const lab = await startLab();
  const { id } = lab.gateway.createRestApi({ name: 'shop', body: before });
  const asked = async (url: string) => {
    await ask(url);
    return lab.asked.at(-1)?.functionName;
  };
  return { ...lab, id, asked };
}

test('an API that was never deployed has no client: 403 Forbidden', async () => {
  const { gateway, id } = await withApi();
  const reply = await ask(`${gateway.url}/restapis/${id}/prod/_user_request_/`);
  expect(reply).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
});

test('a change is seen after the next deployment of the stage, not before', async () => {
  const { gateway, id, asked } = await withApi();
  const { invokeUrl, id: first } = gateway.createDeployment(id, 'prod');
  gateway.putRestApi(id, after);
  expect(await asked(invokeUrl)).toBe('before');
  const second = gateway.createDeployment(id, 'prod');
  expect(await asked(invokeUrl)).toBe('after');
  expect(second.invokeUrl).toBe(invokeUrl);
  expect(second.id).not.toBe(first);
});

test('each stage stands on a deployment of its own', async () => {
  const { gateway, id, asked } = await withApi();
  const prod = gateway.createDeployment(id, 'prod').invokeUrl;
  gateway.putRestApi(id, after);
  const next = gateway.createDeployment(id, 'next').invokeUrl;
  expect([await asked(prod), await asked(next)]).toEqual(['before', 'after']);
});

test('the caller’s document may change afterwards: the API does not', async () => {
  const { gateway, asked } = await withApi();
  const paths = { '/': { get: proxy('before') } };
  const missing = { statusCode: 404 };
  const responses = { MISSING_AUTHENTICATION_TOKEN: missing };
  const body = documentOf(paths, { 'x-amazon-apigateway-gateway-responses': responses });
  const { id } = gateway.createRestApi({ name: 'shop', body });
  const { invokeUrl } = gateway.createDeployment(id, 'prod');
  paths['/'].get = proxy('after');
  missing.statusCode = 418;
  expect(await asked(invokeUrl)).toBe('before');
  expect((await ask(`${invokeUrl}/nothing`)).status).toBe(404);
});

test('a deployment without settings leaves those of the stage alone', async () => {
  const { gateway, id, asked: events } = await withApi();
  gateway.putRestApi(id, documentOf({ '/': { get: proxy(stageVariable('name')) } }));
  gateway.createDeployment(id, 'prod', { variables: { name: 'Assam' } });
  const { invokeUrl } = gateway.createDeployment(id, 'prod');
  expect(await events(invokeUrl)).toBe('Assam');
});

test('a document that does not fit changes nothing', async () => {
  const { gateway, id, asked } = await withApi();
  expect(() => gateway.putRestApi(id, documentOf({ '/': { get: {} } }))).toThrow('No integration');
  expect(await asked(gateway.createDeployment(id, 'prod').invokeUrl)).toBe('before');
});

test('an API that does not exist, and a name that no stage can have, are refused', async () => {
  const { gateway, id } = await withApi();
  const deploy = (api: string, stage: string) => () => gateway.createDeployment(api, stage);
  expect(deploy('nobody', 'prod')).toThrow(expect.objectContaining({ name: 'NotFoundException' }));
  expect(deploy(id, 'a/b')).toThrow(expect.objectContaining({ name: 'BadRequestException' }));
});
