// test/front-door.contract.ts: whom every shape lets in, how often, and what each answer carries.
// Registered by suite.ts, last: it leaves the door as it found it, but restarts it in between.
import { expect, test } from 'vitest';
import { listProducts } from '../contract/catalog.ts';
import { faultKinds, processKinds } from '../contract/chaos.ts';
import { operations, publicOperations } from '../contract/operations.ts';
import { topProducts } from '../contract/reports.ts';
import { type Exchange, exchange, pathOf, refusal, refused, send } from './asking.ts';
import { howIn } from './differences.ts';
import { newKey } from './shopping.ts';
import type { Subject } from './subject.ts';

/** Written out: taken from the code under test, they could vanish there unnoticed. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export function frontDoorContract(subject: Subject): void {
  keys(subject);
  chaosKeys(subject);
  headers(subject);
  rates(subject);
}

/** Any valid path of an operation. */
const anyPath = (operation: (typeof operations)[number]) =>
  pathOf(operation, { params: { productId: 'prd_0001', orderId: 'ord_1' } as never });

function keys(subject: Subject): void {
  test('browsing and stock are open to anyone', async () => {
    const open = publicOperations.filter(({ access }) => access === 'open');
    expect(open.map(({ id }) => id)).toEqual(['listProducts', 'getProduct', 'getStock']);
    for (const operation of open) {
      expect((await exchange(subject, anyPath(operation))).status).toBe(200);
    }
  });

  test('orders, payments, notifications and reports need a key', async () => {
    const closed = publicOperations.filter(({ access }) => access === 'customer');
    expect(closed).toHaveLength(8);
    for (const operation of closed) {
      const { method } = operation;
      const problem = refused(await exchange(subject, anyPath(operation), { method }));
      expect(problem).toMatchObject({ status: 401, code: 'KEY_MISSING' });
    }
  });

  test('a key that is not known opens nothing, not even what is open', async () => {
    for (const key of ['somebody', '', `${subject.customerKey}x`]) {
      if (howIn(subject, 'unknownKey') === 'refused') {
        const problem = await refusal(subject, listProducts, {}, { key });
        expect(problem).toMatchObject({ status: 401, code: 'KEY_UNKNOWN' });
      } else {
        expect((await send(subject, listProducts, {}, { key })).status).toBe(200);
        const problem = await refusal(subject, topProducts, {}, { key });
        expect(problem).toMatchObject({ status: 401, code: 'KEY_MISSING' });
      }
    }
  });

  test('the calls between features are nowhere to be found', async () => {
    const key = subject.instructorKey;
    for (const operation of operations.filter(({ access }) => access === 'internal')) {
      const init = { method: operation.method, headers: { 'x-api-key': key } };
      const problem = refused(await exchange(subject, anyPath(operation), init));
      expect([operation.id, problem.code]).toEqual([operation.id, 'NO_SUCH_ROUTE']);
    }
  });
}

function chaosKeys(subject: Subject): void {
  const faults = (method: string, path: string, key?: string) =>
    exchange(subject, path, { method, headers: key === undefined ? {} : { 'x-api-key': key } });

  test('faults are the instructor’s: no key is 401, the customer’s 403', async () => {
    for (const [method, path] of [
      ['GET', '/chaos'],
      ['DELETE', '/chaos'],
      ['GET', '/chaos/orders'],
      ['PUT', '/chaos/orders'],
      ['DELETE', '/chaos/orders'],
    ] as const) {
      const without = refused(await faults(method, path));
      expect(without).toMatchObject({ status: 401, code: 'KEY_MISSING' });
      const customers = refused(await faults(method, path, subject.customerKey));
      expect(customers).toMatchObject({ status: 403, code: 'KEY_NOT_ALLOWED' });
    }
  });

  test('the instructor sees a switch for every component, all healthy', async () => {
    const { status, text } = await faults('GET', '/chaos', subject.instructorKey);
    expect(status).toBe(200);
    const { components } = JSON.parse(text) as { components: { component: string }[] };
    const door = howIn(subject, 'faultSwitches') === 'six features' ? [] : ['gateway'];
    const six = ['catalog', 'inventory', 'orders', 'payments', 'notifications', 'reports'];
    const healthy = { fault: null, healsAt: null, hits: 0 };
    expect(components).toEqual([
      ...door.map((component) => ({ component, ...healthy, kinds: processKinds })),
      ...six.map((component) => ({ component, ...healthy, kinds: faultKinds })),
    ]);
  });
}

function headers(subject: Subject): void {
  const idOf = async (sent?: string) => {
    const init = sent === undefined ? {} : { headers: { 'x-request-id': sent } };
    return (await exchange(subject, '/products?limit=1', init)).headers.get('x-request-id');
  };

  test('the caller’s request id comes back', async () => {
    for (const id of ['a', newKey('request'), 'x'.repeat(64)]) expect(await idOf(id)).toBe(id);
  });

  test('a request without an id gets one of its own', async () => {
    const ids = await Promise.all([idOf(), idOf(), idOf()]);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('a request id that is too long or no word is replaced', async () => {
    for (const id of ['x'.repeat(65), 'two words', '<script>', 'a,b']) {
      const given = await idOf(id);
      expect(given).not.toBe(id);
      expect(given).toMatch(/^[\w-]{1,64}$/);
    }
  });

  test.each(['/products', '/products/prd_9999', '/orders', '/nowhere', '/health', '/topology'])(
    'the answer of %s lets no browser guess, frame or run anything, and names no software',
    async (path) => {
      const answer = await exchange(subject, path);
      for (const [name, value] of Object.entries(securityHeaders)) {
        expect([name, answer.headers.get(name)]).toEqual([name, value]);
      }
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{1,64}$/);
      expect([answer.headers.get('x-powered-by'), answer.headers.get('server')]).toEqual([
        null,
        null,
      ]);
    },
  );
}

function rates(subject: Subject): void {
  test('a key that asks too often is told when to come back, and others are not', async () => {
    const rateRps = await subject.narrowDoor();
    const operation = howIn(subject, 'keyRate') === 'everywhere' ? listProducts : topProducts;
    const ask = () => send(subject, operation, {});
    const answers = await severalAtOnce(10 * rateRps, ask);
    const other = await send(subject, operation, {}, { key: subject.instructorKey });
    expect(other.status).toBe(200);
    // However slow the machine: ten seconds' worth of requests do not take ten seconds.
    const refusals = answers.filter(({ status }) => status === 429);
    expect(refusals.length).toBeGreaterThan(0);
    expect(answers.length - refusals.length).toBeGreaterThanOrEqual(rateRps);
    for (const { status } of answers) expect([200, 429]).toContain(status);
    const [refusal] = refusals as [Exchange];
    expect(refused(refusal)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(Number(refusal.headers.get('retry-after'))).toBe(1);
    // It forgives: after the second it named, the key is welcome again.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await send(subject, operation, {})).status).toBe(200);
  });
}

/** Thousands of connections opened at once overrun the listener, not the limit. */
const MOST_AT_ONCE = 100;

async function severalAtOnce<Answer>(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let begun = 0;
  const askOn = async () => {
    while (begun++ < count) answers.push(await ask());
  };
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, count) }, askOn));
  return answers;
}
