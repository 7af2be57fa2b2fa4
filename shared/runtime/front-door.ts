// runtime/front-door.ts: who may come in, and how often. The same rules in the monolith and the gateway.
// Called by the monolith's chassis and by the gateway, before any feature sees the request.
import type { Operation } from '../contract/operation.ts';
import { type Problem, problem } from '../domain/problems.ts';
import { createRateLimit } from './rate-limit.ts';

export interface DoorRules {
  customerKeys: readonly string[];
  instructorKey: string;
  /** Requests a second that one key (or, without a key, one address) may make. */
  rateLimitRps: number;
}

export interface FrontDoor {
  /**
   * @throws KEY_MISSING, KEY_UNKNOWN (401), KEY_NOT_ALLOWED (403) or TOO_MANY_REQUESTS (429, with
   *   Retry-After)
   */
  admit(access: Operation['access'], key: string | undefined, address: string): void;
}

/** Answers carry these everywhere: nothing here is a page, so nothing may run or be framed. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

export function createFrontDoor(rules: DoorRules): FrontDoor {
  const known = new Set([...rules.customerKeys, rules.instructorKey]);
  const waitMs = createRateLimit(rules.rateLimitRps);
  return {
    admit(access, key, address) {
      if (access === 'instructor') admitInstructor(rules.instructorKey, key);
      if (key !== undefined && !known.has(key)) {
        throw problem('keyUnknown', 'The x-api-key header holds a key that is not known.');
      }
      if (access !== 'open' && key === undefined) {
        throw problem('keyMissing', 'Send a key in the x-api-key header.');
      }
      const ms = waitMs(key ?? address);
      if (ms > 0) throw tooMany(ms);
    },
  };
}

/** @throws KEY_MISSING (401) or KEY_NOT_ALLOWED (403) unless the key is the instructor's */
export function admitInstructor(instructorKey: string, key: string | undefined): void {
  if (key === undefined) throw problem('keyMissing', 'Send the instructor key as x-api-key.');
  if (key !== instructorKey) throw problem('keyNotAllowed', 'Only the instructor may do this.');
}

function tooMany(waitMs: number): Problem {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000));
  const busy = problem('tooManyRequests', `Try again in ${retryAfterS} s.`);
  busy.headers['retry-after'] = String(retryAfterS);
  return busy;
}
