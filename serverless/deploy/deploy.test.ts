// deploy/deploy.test.ts: the shop's template in a cloud with the real SQS and the real Lambda.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { startTestCloud, type TestCloud } from './test-kit.ts';

const template = readFileSync(new URL('../template.yaml', import.meta.url), 'utf8');
const parameters = {
  CodeBucket: 'zips',
  CodePrefix: 'v1/',
  DatabaseUrl: 'file:/data/{service}.db',
  ApiKeyValue: 'a-key-of-twenty-signs',
  InstructorKeyValue: 'another-of-twenty-signs',
  RateLimitRps: '50',
};

const deployShop = async () => {
  const cloud = await startTestCloud();
  return { cloud, stack: await deploy(template, parameters, cloud) };
};

const run = async ({ lambda }: TestCloud, name: string) =>
  JSON.parse((await lambda.invoke(name, '{}')).payload.toString());

const attributesOf = async ({ sqs }: TestCloud, QueueUrl: string | undefined) => {
  const asked = { QueueUrl, AttributeNames: ['All'] };
  const { Attributes } = (await sqs.call('GetQueueAttributes', asked)) as {
    Attributes: Record<string, string>;
  };
  return Attributes;
};

test('functions run with the environment that the template says, and find this cloud', async () => {
  const { cloud, stack } = await deployShop();
  const { environment, entry } = await run(cloud, 'shop-orders');
  expect(entry).toBe('handler');
  expect(environment).toMatchObject({
    CATALOG_URL: 'lambda:shop-catalog',
    INVENTORY_URL: 'lambda:shop-inventory',
    PAYMENTS_URL: 'lambda:shop-payments',
    NOTIFICATIONS_QUEUE_URL: stack.outputs.NotificationsQueueUrl,
    REPORTS_QUEUE_URL: stack.outputs.ReportsQueueUrl,
    DATABASE_URL: 'file:/data/orders.db',
    SHARES_DATABASE: 'on',
    LAB_CHAOS: 'off',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_ENDPOINT_URL_LAMBDA: cloud.lambda.url,
    AWS_ENDPOINT_URL_SQS: cloud.sqs.url,
  });
  expect((await run(cloud, 'shop-orders-deliver')).entry).toBe('deliver');
  expect((await run(cloud, 'shop-reports-events')).environment.DATABASE_URL).toBe(
    'file:/data/reports.db',
  );
  expect(cloud.asked.code).toContain('zips/v1/catalog-function.zip');
});

test('what the cloud sets for every function wins over the template', async () => {
  const cloud = { ...(await startTestCloud()), environment: { LAB_CHAOS: 'on' } };
  await deploy(template, parameters, cloud);
  expect((await run(cloud, 'shop-catalog')).environment.LAB_CHAOS).toBe('on');
});

test('a queue gives up after five tries, and its mapping reads it', async () => {
  const { cloud, stack } = await deployShop();
  const { NotificationsQueueUrl, NotificationsDeadQueueUrl } = stack.outputs;
  const dead = await attributesOf(cloud, NotificationsDeadQueueUrl);
  const attributes = await attributesOf(cloud, NotificationsQueueUrl);
  expect(attributes.VisibilityTimeout).toBe('120');
  expect(JSON.parse(attributes.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: dead.QueueArn,
    maxReceiveCount: 5,
  });
  expect(cloud.sqs.queues().map(({ name }) => name)).toEqual([
    ...['shop-notifications-events-dead', 'shop-notifications-events'],
    ...['shop-reports-events-dead', 'shop-reports-events'],
    ...['shop-payment-requests-dead', 'shop-payment-requests'],
  ]);
  expect(cloud.asked.mappings).toMatchObject([
    {
      queueUrl: NotificationsQueueUrl,
      queueArn: attributes.QueueArn,
      functionName: 'shop-notifications-events',
      functionTimeoutSeconds: 20,
      batchSize: 10,
      windowMs: 0,
      maximumConcurrency: 2,
      reportBatchItemFailures: true,
    },
    { queueUrl: stack.outputs.ReportsQueueUrl, functionName: 'shop-reports-events' },
    // A card network may think for long.
    { functionName: 'shop-payment-requests', batchSize: 5 },
  ]);
});

test('the API has its routes, its stage, and a plan with the key', async () => {
  const { cloud, stack } = await deployShop();
  const { apis, stages, keys, plans } = cloud.asked;
  expect(apis).toMatchObject([{ name: 'shop', body: { openapi: '3.0.3' } }]);
  const [{ body }] = apis as [(typeof apis)[number]];
  expect(body.paths['/orders']?.post).toMatchObject({
    'x-amazon-apigateway-integration': {
      uri:
        'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/' +
        'arn:aws:lambda:us-east-1:000000000000:function:shop-orders/invocations',
    },
  });
  const throttle = { rateLimit: 1000, burstLimit: 1000 };
  expect(stages).toMatchObject([{ apiId: 'api1', stage: 'prod', settings: { throttle } }]);
  expect(keys).toEqual([
    { name: 'shop-customer', value: 'a-key-of-twenty-signs', enabled: true },
    { name: 'shop-instructor', value: 'another-of-twenty-signs', enabled: true },
  ]);
  expect(plans).toEqual([
    {
      name: 'shop-customers',
      throttle: { rateLimit: 50, burstLimit: 50 },
      apiStages: [{ apiId: 'api1', stage: 'prod' }],
      keyIds: ['key1', 'key2'],
    },
  ]);
  expect(stack.outputs.InvokeUrl).toBe('http://127.0.0.1:5000/restapis/api1/prod/_user_request_');
});

test('the schedule calls orders once a minute, as EventBridge does', async () => {
  const { cloud } = await deployShop();
  const calls: [string, object][] = [];
  cloud.lambda.invokeAsync = (name, payload) =>
    calls.push([name, JSON.parse(String(payload))]) as never;
  const [schedule] = cloud.asked.schedules;
  expect(schedule?.everyMs).toBe(60_000);
  schedule?.run();
  expect(calls).toEqual([
    ['shop-orders-deliver', expect.objectContaining({ source: 'aws.events', detail: {} })],
  ]);
});

test('outputs name the functions, and every resource says what it became', async () => {
  const { stack } = await deployShop();
  expect(stack.outputs.CatalogFunctionName).toBe('shop-catalog');
  expect(stack.resources).toContainEqual({
    logicalId: 'CatalogFunction',
    type: 'AWS::Lambda::Function',
    physicalId: 'shop-catalog',
  });
  const ids = stack.resources.map(({ logicalId }) => logicalId);
  expect(ids.indexOf('CatalogFunction')).toBeLessThan(ids.indexOf('OrdersFunction'));
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a deployment over queues that were there', () => {
  /** @param seconds of the second queue, after which SQS refuses more than 43,200 */
  const two = (seconds: number) => `
    Resources:
      Kept: { Type: AWS::SQS::Queue, Properties: { QueueName: kept } }
      Changed:
        Type: AWS::SQS::Queue
        DependsOn: Kept
        Properties: { QueueName: changed, VisibilityTimeout: ${seconds} }`;

  async function deployedOnce(cloud: Awaited<ReturnType<typeof startTestCloud>>) {
    await deploy(two(30), {}, cloud);
    const [kept, changed] = cloud.sqs.queues().map(({ url }) => url);
    await cloud.sqs.call('SendMessage', { QueueUrl: kept, MessageBody: 'a letter' });
    return async () =>
      await cloud.sqs.call('GetQueueAttributes', {
        ...{ QueueUrl: changed, AttributeNames: ['VisibilityTimeout'] },
      });
  }

  test('that fails leaves them, and what is in them', async () => {
    const cloud = await startTestCloud();
    await deployedOnce(cloud);
    await expect(deploy(two(43_201), {}, cloud)).rejects.toThrow('VisibilityTimeout');
    expect(cloud.sqs.queues()).toMatchObject([{ name: 'kept', visible: 1 }, { name: 'changed' }]);
  });

  test('gives them the attributes that its template has now', async () => {
    const cloud = await startTestCloud();
    const attributes = await deployedOnce(cloud);
    await deploy(two(31), {}, cloud);
    expect(cloud.sqs.queues()).toMatchObject([{ name: 'kept', visible: 1 }, { name: 'changed' }]);
    expect(await attributes()).toEqual({ Attributes: { VisibilityTimeout: '31' } });
  });
});

test('a deleted stack leaves no queue, no function and nobody who reads', async () => {
  const { cloud, stack } = await deployShop();
  await stack.delete();
  expect(cloud.sqs.queues()).toEqual([]);
  await expect(cloud.lambda.invoke('shop-catalog', '{}')).rejects.toThrow('not found');
  const { mappings, schedules } = cloud.asked;
  expect([...mappings, ...schedules].map(({ isOpen }) => isOpen)).toEqual(Array(4).fill(false));
});
