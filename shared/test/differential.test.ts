// test/differential.test.ts: the same bytes to every shape and control arm must get the same answer.
// Express and Fastify refuse in their own ways unless told: this is what keeps their words the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../contract/problem.ts';
import { fits } from '../contract/validate.ts';
import { badBodies } from './bad-bodies.ts';
import { badTargets } from './bad-targets.ts';
import { type RawAnswer, requestBytes, sendRaw } from './raw-http.ts';
import { controlsAt, shapesAt } from './shapes.ts';

const { monolith, ...shapes } = { ...(await shapesAt(22_500)), ...(await controlsAt(22_500)) };
const others = Object.values(shapes);
const all = [monolith, ...others];
const isProblem = fits(Problem);

/** Node's server answers these by itself, with a status and nothing else. */
const refusedByNode = ['no host', 'an expectation nobody meets'];

/** The headers that tell a caller what to do next. */
const COMPARED = [
  'content-type',
  'content-length',
  'allow',
  'retry-after',
  'x-content-type-options',
];

beforeAll(async () => {
  for (const shape of all) await shape.start();
});
afterAll(async () => {
  await Promise.all(all.map((shape) => shape.stop()));
});

/** What may be compared: an order's id is new each time, whoever gives it. */
function seen({ status, headers, body }: RawAnswer) {
  const told = COMPARED.map((name) => `${name}: ${headers[name]}`);
  return {
    status,
    told,
    names: Object.keys(headers).sort(),
    body: body.replace(/ord_[0-9A-Z]{26}/g, 'ord_…'),
  };
}

for (const [group, requests] of Object.entries({ ...badBodies, ...badTargets })) {
  describe(group, () => {
    test.each(requests)('%s: all give the same answer', async (name, bytes) => {
      const [one, ...rest] = await Promise.all([
        sendRaw(monolith.baseUrl, bytes),
        ...others.map(({ baseUrl }) => sendRaw(baseUrl, bytes)),
      ]);
      for (const [index, other] of rest.entries())
        expect(seen(other), others[index]?.name).toEqual(seen(one));
      expect(one.status).toBeGreaterThanOrEqual(200);
      expect(one.status).toBeLessThan(500);
      if (one.status < 400 || refusedByNode.includes(name)) return;
      expect(one.headers['content-type']).toBe('application/problem+json');
      if (one.body !== '') expect(isProblem(JSON.parse(one.body))).toBeNull();
    });
  });
}

test('a tunnel is refused by hanging up, everywhere', async () => {
  for (const { baseUrl } of all) {
    expect((await sendRaw(baseUrl, requestBytes('CONNECT', 'shop:80'))).status).toBe(0);
  }
});

test('no bad request has broken anything or left a trace', async () => {
  for (const { baseUrl } of all) {
    expect((await fetch(`${baseUrl}/ready`)).status).toBe(200);
  }
});
