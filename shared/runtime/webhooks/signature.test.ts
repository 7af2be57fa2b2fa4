// webhooks/signature.test.ts: what a receiver takes for ours, and what it does not.
import { describe, expect, test } from 'vitest';
import { isSecret, sign, verify } from './signature.ts';

// The example that the standard’s own libraries are tested with.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const body = '{"test": 2432232314}';
const now = new Date(1_614_265_330_000);
const headers = { ...sign(id, body, secret, now) };
const later = (seconds: number) => new Date(now.getTime() + 1000 * seconds);

test('the signature is the one of the standard’s example', () => {
  expect(headers).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

describe('a callback is ours', () => {
  test('when nothing was changed, until the tolerance is over, on either side', () => {
    expect(verify(headers, body, secret, now)).toBe(true);
    expect([-300, 300].map((s) => verify(headers, body, secret, later(s)))).toEqual([true, true]);
    expect(verify(headers, body, secret, later(10), 10)).toBe(true);
  });

  test('when one of several signatures is', () => {
    const several = `v1a,xyz v1,AAAA ${headers['webhook-signature']}`;
    expect(verify({ ...headers, 'webhook-signature': several }, body, secret, now)).toBe(true);
  });
});

describe('a callback is not ours', () => {
  test.each([
    ['a changed body', headers, `${body} `, secret, now],
    ['another secret', headers, body, `whsec_${'A'.repeat(32)}`, now],
    ['an old timestamp', headers, body, secret, later(301)],
    ['a timestamp of the future', headers, body, secret, later(-301)],
    [
      'a new timestamp put in',
      { ...headers, 'webhook-timestamp': '1614265630' },
      body,
      secret,
      now,
    ],
    ['a timestamp in words', { ...headers, 'webhook-timestamp': 'now' }, body, secret, now],
    ['another id', { ...headers, 'webhook-id': 'msg_2' }, body, secret, now],
    ['no id', { ...headers, 'webhook-id': undefined }, body, secret, now],
    ['no timestamp', { ...headers, 'webhook-timestamp': undefined }, body, secret, now],
    ['no signature', { ...headers, 'webhook-signature': undefined }, body, secret, now],
    ['an empty signature', { ...headers, 'webhook-signature': '' }, body, secret, now],
    ['a wrong one', { ...headers, 'webhook-signature': 'v1,AAAA' }, body, secret, now],
    [
      'one of a version not known',
      { ...headers, 'webhook-signature': 'v2,g0hM9SsE' },
      body,
      secret,
      now,
    ],
  ])('with %s', (_what, sent, text, key, at) => {
    expect(verify(sent, text, key, at)).toBe(false);
  });
});

test('a secret has 24 to 64 bytes in base64', () => {
  const bytes = (count: number) => `whsec_${Buffer.alloc(count, 1).toString('base64')}`;
  expect([24, 64].map((count) => isSecret(bytes(count)))).toEqual([true, true]);
  expect([bytes(23), bytes(65), 'secret', 'whsec_'].filter(isSecret)).toEqual([]);
});
