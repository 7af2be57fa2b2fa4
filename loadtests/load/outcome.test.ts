// load/outcome.test.ts: which of the eight things became of a request.
import { getProduct } from '@lab/shared/contract/catalog.ts';
import { expect, test } from 'vitest';
import type { Shot } from '../scenarios/shot.ts';
import { judge, judgeFailure } from './outcome.ts';

const shot: Shot = {
  operation: getProduct,
  path: '/products/prd_0001',
  headers: {},
  body: null,
  check: (status, body) => (status === 200 && body === 'tea' ? 'ok' : 'not tea'),
  learn: () => 'ord_1',
};
const answer = (status: number, text: string, degraded?: string) => ({ status, text, degraded });

test('a good answer is ok up to the objective and slow above it', () => {
  const good = answer(200, '"tea"');
  expect(judge(shot, good, 500, 500)).toEqual({ outcome: 'ok', status: 200, orderId: 'ord_1' });
  expect(judge(shot, good, 500.1, 500).outcome).toBe('slow');
});

test('a 200 that is not true, or not JSON, is wrong, however slow it is', () => {
  expect(judge(shot, answer(200, '"coffee"'), 9, 500)).toEqual({
    outcome: 'wrong',
    status: 200,
    reason: 'not tea',
  });
  expect(judge(shot, answer(200, '<html>'), 900, 500)).toMatchObject({
    outcome: 'wrong',
    reason: 'not-json',
  });
});

test('an unexpected 4xx or 5xx is an error, JSON or not', () => {
  expect(judge(shot, answer(503, '{}'), 1, 500).outcome).toBe('error');
  expect(judge(shot, answer(502, 'Bad Gateway'), 1, 500).outcome).toBe('error');
});

test('a declared fallback is degraded, and an error that declares one is still an error', () => {
  expect(judge(shot, answer(200, '[]', 'catalog'), 1, 500)).toMatchObject({
    outcome: 'degraded',
    reason: 'catalog',
  });
  expect(judge(shot, answer(503, '{}', 'catalog'), 1, 500).outcome).toBe('error');
});

test('a connection that fails is refused and keeps its class; anything else is an error', () => {
  const failure = (code: string) => judgeFailure(Object.assign(new Error('x'), { code }));
  expect(failure('ECONNREFUSED')).toEqual({ outcome: 'refused', status: 0, reason: 'refused' });
  expect(failure('UND_ERR_SOCKET')).toMatchObject({ outcome: 'refused', reason: 'reset' });
  expect(failure('ENOTFOUND')).toMatchObject({ outcome: 'refused', reason: 'dns' });
  expect(failure('HPE_INVALID_CONSTANT')).toMatchObject({ outcome: 'error' });
});
