// api-gateway/usage.test.ts: API keys, usage plans, and the limits of methods and of the account.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ApiGatewayOptions } from './api-gateway.ts';
import type { StageSettings } from './apis.ts';
import { ask, type Lab, proxy, startLab, withKey } from './test-kit.ts';
import type { UsagePlanConfig } from './usage.ts';

const aliceKey = 'alice-has-a-long-key';
const bobKey = 'bob-has-a-longer-key-still';
const day = 86_400_000;

/** `/` and `/tea` with a key, `/open` without; alice and bob have the plan. */
async function withPlan(
  plan: Partial<UsagePlanConfig> = {},
  settings: StageSettings = {},
  options: Partial<ApiGatewayOptions> = {},
) {
  const lab = await startLab(options);
  const closed = { get: { ...proxy(), ...withKey }, post: { ...proxy(), ...withKey } };
  const paths = { '/': closed, '/tea': closed, '/open': { get: proxy(), post: proxy() } };
  const { id, url } = lab.deploy(paths, { settings });
  const alice = lab.gateway.createApiKey({ name: 'alice', value: aliceKey });
  const bob = lab.gateway.createApiKey({ name: 'bob', value: bobKey });
  const apiStages = [{ apiId: id, stage: 'prod' }];
  const keyIds = [alice.id, bob.id];
  lab.gateway.createUsagePlan({ name: 'customers', apiStages, keyIds, ...plan });
  const asking = async (key: string | undefined, path = '', method = 'GET') => {
    const headers = key === undefined ? {} : { 'x-api-key': key };
    return (await ask(`${url}${path}`, { method, headers })).status;
  };
  return { lab, id, url, alice, asking };
}

async function statuses(count: number, one: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i += 1) all.push(await one());
  return all;
}

describe('an API key', () => {
  test.each([
    ['none', undefined],
    ['one that does not exist', 'nobody-has-this-long-key'],
    ['one that is disabled', 'a-key-that-is-disabled'],
    ['one without a plan for this stage', 'a-key-of-another-stage'],
  ])('%s: 403 Forbidden', async (_, key) => {
    const { lab, url } = await withPlan();
    const disabled = { name: 'off', value: 'a-key-that-is-disabled', enabled: false };
    const keyIds = [lab.gateway.createApiKey(disabled).id];
    const other = lab.gateway.createApiKey({ name: 'other', value: 'a-key-of-another-stage' });
    const apiId = url.split('/')[4] ?? '';
    lab.gateway.createUsagePlan({ name: 'x', apiStages: [{ apiId, stage: 'prod' }], keyIds });
    const elsewhere = [{ apiId, stage: 'test' }];
    lab.gateway.createUsagePlan({ name: 'y', apiStages: elsewhere, keyIds: [other.id] });
    const reply = await ask(url, { headers: key === undefined ? {} : { 'x-api-key': key } });
    expect(reply).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
    expect(reply.headers['x-amzn-errortype']).toBe('ForbiddenException');
    expect(lab.asked).toEqual([]);
  });

  test('of a plan opens the method; the function learns the key and its id', async () => {
    const { lab, alice, asking } = await withPlan();
    expect(await asking(aliceKey)).toBe(200);
    const { identity } = lab.asked[0]?.event.requestContext ?? {};
    expect(identity).toMatchObject({ apiKey: aliceKey, apiKeyId: alice.id });
  });

  test('is neither asked for nor told where the method needs none', async () => {
    const { lab, asking } = await withPlan();
    expect(await asking(aliceKey, '/open')).toBe(200);
    expect(lab.asked[0]?.event.requestContext.identity.apiKey).toBe(null);
  });

  test('may be asked for by the whole document, and a method may do without', async () => {
    const lab = await startLab();
    const { url } = lab.deploy(
      { '/': { get: proxy(), post: { ...proxy(), security: [] } } },
      { document: withKey },
    );
    expect((await ask(url)).status).toBe(403);
    expect((await ask(url, { method: 'POST' })).status).toBe(200);
  });

  test('is made up when no value is given; it has 20 to 128 characters and is unique', async () => {
    const { gateway } = await startLab();
    expect(gateway.createApiKey({ name: 'new' }).value).toMatch(/^[\w-]{40}$/);
    expect(() => gateway.createApiKey({ name: 'short', value: 'alice' })).toThrow('at least 20');
    gateway.createApiKey({ name: 'one', value: aliceKey });
    expect(() => gateway.createApiKey({ name: 'two', value: aliceKey })).toThrow('already exists');
  });

  test('has one plan for a stage at most', async () => {
    const { lab, id, alice } = await withPlan();
    const plan = (stage: string, keyId: string) => () =>
      lab.gateway.createUsagePlan({
        name: 'p',
        apiStages: [{ apiId: id, stage }],
        keyIds: [keyId],
      });
    expect(plan('prod', alice.id)).toThrow(expect.objectContaining({ name: 'ConflictException' }));
    expect(plan('prod', 'nobody')).toThrow(expect.objectContaining({ name: 'NotFoundException' }));
    expect(plan('test', alice.id)).not.toThrow();
  });
});

describe('a usage plan', () => {
  test('lets a burst through, then so many a second: 429 Too Many Requests', async () => {
    const { lab, url, asking } = await withPlan({ throttle: { rateLimit: 2, burstLimit: 3 } });
    expect(await statuses(4, () => asking(aliceKey))).toEqual([200, 200, 200, 429]);
    expect(await ask(url, { headers: { 'X-API-Key': aliceKey } })).toMatchObject({
      status: 429,
      json: { message: 'Too Many Requests' },
    });
    expect(await asking(bobKey)).toBe(200);
    lab.clock.ms += 1000;
    expect(await statuses(3, () => asking(aliceKey))).toEqual([200, 200, 429]);
    lab.clock.ms += 60_000;
    expect(await statuses(4, () => asking(aliceKey))).toEqual([200, 200, 200, 429]);
  });

  test('may limit a method by itself', async () => {
    const lab = await startLab();
    const closed = { ...proxy(), ...withKey };
    const { id, url } = lab.deploy({ '/tea': { get: closed, post: closed } });
    const keyIds = [lab.gateway.createApiKey({ name: 'alice', value: aliceKey }).id];
    const throttle = { '/tea/POST': { rateLimit: 1, burstLimit: 1 } };
    const apiStages = [{ apiId: id, stage: 'prod', throttle }];
    lab.gateway.createUsagePlan({ name: 'customers', apiStages, keyIds });
    const headers = { 'x-api-key': aliceKey };
    const asking = async (method: string) => (await ask(`${url}/tea`, { method, headers })).status;
    expect(await statuses(2, () => asking('POST'))).toEqual([200, 429]);
    expect(await statuses(2, () => asking('GET'))).toEqual([200, 200]);
  });

  // The clock stands on Wednesday, 25 November 2026, at nine.
  test.each([
    ['DAY', 14.9 / 24, 15 / 24],
    ['WEEK', 3.6, 3.7],
    ['MONTH', 5.6, 5.7],
  ] as const)(
    'has a quota of each key for a %s, of the calendar in UTC',
    async (period, before, after) => {
      const { lab, asking } = await withPlan({ quota: { limit: 2, period } });
      const began = lab.clock.ms;
      expect(await statuses(3, () => asking(aliceKey))).toEqual([200, 200, 429]);
      expect(await asking(bobKey)).toBe(200);
      lab.clock.ms = began + before * day;
      expect(await asking(aliceKey)).toBe(429);
      lab.clock.ms = began + after * day;
      expect(await statuses(3, () => asking(aliceKey))).toEqual([200, 200, 429]);
    },
  );

  test('says Limit Exceeded when the quota is used up; an offset is taken off the first one', async () => {
    const { lab, url, asking } = await withPlan({ quota: { limit: 3, offset: 2, period: 'DAY' } });
    expect(await asking(aliceKey)).toBe(200);
    const reply = await ask(url, { headers: { 'x-api-key': aliceKey } });
    expect(reply).toMatchObject({ status: 429, json: { message: 'Limit Exceeded' } });
    expect(reply.headers['x-amzn-errortype']).toBe('LimitExceededException');
    lab.clock.ms += day;
    expect(await statuses(4, () => asking(aliceKey))).toEqual([200, 200, 200, 429]);
  });
});

describe('a throttle', () => {
  const one = { rateLimit: 1, burstLimit: 1 };

  test('of a stage is for each of its methods by itself', async () => {
    const { asking } = await withPlan({}, { throttle: one });
    expect(await statuses(2, () => asking(undefined, '/open'))).toEqual([200, 429]);
    expect(await statuses(2, () => asking(undefined, '/open', 'POST'))).toEqual([200, 429]);
  });

  test('of a method goes before that of its stage', async () => {
    const two = { rateLimit: 2, burstLimit: 2 };
    const methodThrottles = [{ resourcePath: '/open', httpMethod: 'POST', throttle: two }];
    const { asking } = await withPlan({}, { throttle: one, methodThrottles });
    expect(await statuses(3, () => asking(undefined, '/open', 'POST'))).toEqual([200, 200, 429]);
    expect(await statuses(2, () => asking(undefined, '/open'))).toEqual([200, 429]);
  });

  test('of the account is for all APIs together', async () => {
    const lab: Lab = await startLab({ accountThrottle: { rateLimit: 1, burstLimit: 2 } });
    const urls = [1, 2, 3].map(() => lab.deploy({ '/': { get: proxy() } }).url);
    const replies = [];
    for (const url of urls) replies.push((await ask(url)).status);
    expect(replies).toEqual([200, 200, 429]);
  });

  test('neither takes nor gives when somebody sets the clock', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(day);
    onTestFinished(() => clock.mockRestore());
    const slow = { rateLimit: 0.001, burstLimit: 2 };
    const lab = await startLab({ now: undefined, accountThrottle: slow });
    const { url } = lab.deploy({ '/': { get: proxy() } });
    const replies: number[] = [];
    for (const ms of [day, 0, 0, 2 * day]) {
      clock.mockReturnValue(ms);
      replies.push((await ask(url)).status);
    }
    expect(replies).toEqual([200, 200, 429, 429]);
  });
});
