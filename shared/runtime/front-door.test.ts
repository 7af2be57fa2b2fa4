// runtime/front-door.test.ts: who comes in, and how often.
// Run by vitest.
import { describe, expect, test } from 'vitest';
import { Problem } from '../domain/problems.ts';
import { admitInstructor, createFrontDoor, type FrontDoor } from './front-door.ts';

const rules = { customerKeys: ['alice', 'bob'], instructorKey: 'frances', rateLimitRps: 1_000_000 };

/** `come in`, or the code of the refusal. */
function knock(...[door, access, key, address = 'here']: Knock): string {
  try {
    door.admit(access, key, address);
    return 'come in';
  } catch (refusal) {
    if (refusal instanceof Problem) return refusal.code;
    throw refusal;
  }
}
type Knock = [
  door: FrontDoor,
  access: Parameters<FrontDoor['admit']>[0],
  key: string | undefined,
  address?: string,
];

describe('the door', () => {
  test.each([
    ['open', undefined, 'come in'],
    ['open', 'alice', 'come in'],
    ['open', 'mallory', 'KEY_UNKNOWN'],
    ['open', '', 'KEY_UNKNOWN'],
    ['customer', undefined, 'KEY_MISSING'],
    ['customer', 'alice', 'come in'],
    ['customer', 'bob', 'come in'],
    ['customer', 'frances', 'come in'],
    ['customer', 'Alice', 'KEY_UNKNOWN'],
    ['customer', 'constructor', 'KEY_UNKNOWN'],
  ] as const)('to what is %s, with the key %s: %s', (access, key, answer) => {
    expect(knock(createFrontDoor(rules), access, key)).toBe(answer);
  });

  test('takes so many a second of one key, and others as before', () => {
    const door = createFrontDoor({ ...rules, rateLimitRps: 3 });
    const answers = Array.from({ length: 5 }, () => knock(door, 'customer', 'alice'));
    expect(answers.filter((answer) => answer === 'come in')).toHaveLength(3);
    expect(answers.at(-1)).toBe('TOO_MANY_REQUESTS');
    expect(knock(door, 'customer', 'bob')).toBe('come in');
  });

  test('counts those without a key by their address', () => {
    const door = createFrontDoor({ ...rules, rateLimitRps: 1 });
    expect(knock(door, 'open', undefined, 'here')).toBe('come in');
    expect(knock(door, 'open', undefined, 'here')).toBe('TOO_MANY_REQUESTS');
    expect(knock(door, 'open', undefined, 'there')).toBe('come in');
  });

  test('does not count a stranger’s knocks on somebody’s address', () => {
    const door = createFrontDoor({ ...rules, rateLimitRps: 1 });
    for (const _ of [1, 2, 3]) knock(door, 'open', 'mallory', 'here');
    expect(knock(door, 'open', undefined, 'here')).toBe('come in');
  });

  test('tells who comes too often when to come back: in whole seconds, and not at once', () => {
    const door = createFrontDoor({ ...rules, rateLimitRps: 1 });
    door.admit('open', 'alice', 'here');
    expect(() => door.admit('open', 'alice', 'here')).toThrow(
      expect.objectContaining({ status: 429, headers: { 'retry-after': '1' } }),
    );
  });
});

describe('faults', () => {
  test('are for the instructor alone', () => {
    admitInstructor('frances', 'frances');
    const missing = expect.objectContaining({ status: 401, code: 'KEY_MISSING' });
    expect(() => admitInstructor('frances', undefined)).toThrow(missing);
    for (const key of ['alice', '', 'frances ']) {
      const refused = expect.objectContaining({ status: 403, code: 'KEY_NOT_ALLOWED' });
      expect(() => admitInstructor('frances', key)).toThrow(refused);
    }
  });
});
