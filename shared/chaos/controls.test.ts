// chaos/controls.test.ts: who may break what, by the /chaos API without a framework.
// Run by vitest; the switchboard's clock is a number.
import { beforeEach, describe, expect, test } from 'vitest';
import { FaultState, processKinds } from '../contract/chaos.ts';
import { fits } from '../contract/validate.ts';
import { type ControlRequest, type Controls, controlRoutes, createControls } from './controls.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

const kinds = [...processKinds];
const healthy = (component: string) => ({ component, fault: null, healsAt: null, hits: 0, kinds });
const startMs = Date.parse('2026-11-22T09:30:00.000Z');

let board: Switchboard;
let controls: Controls;
beforeEach(() => {
  board = createSwitchboard({ components: ['catalog', 'orders'], now: () => startMs });
  controls = createControls(board, { on: true, instructorKey: 'frances' });
});

const request = (
  method: string,
  component?: string,
  body?: unknown,
  key: string | undefined = 'frances',
): ControlRequest => ({ method, component, body, key });

describe('who may', () => {
  test.each(controlRoutes)('$method $path: the instructor, and nobody else', ({ method, path }) => {
    const component = path.includes(':') ? 'orders' : undefined;
    const ask = (key: string | undefined) => () =>
      controls({ ...request(method, component, { kind: 'wrong' }), key });
    expect(ask(undefined)).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
    expect(ask('alice')).toThrow(expect.objectContaining({ code: 'KEY_NOT_ALLOWED' }));
    expect(ask('frances')).not.toThrow();
  });

  test('a stranger is not even told whether a fault would fit', () => {
    const ask = () => controls({ ...request('PUT', 'orders', 'nonsense'), key: 'alice' });
    expect(ask).toThrow(expect.objectContaining({ code: 'KEY_NOT_ALLOWED' }));
  });

  test('where faults are off nobody may, and there is nothing to see', () => {
    const off = createControls(board, { on: false, instructorKey: 'frances' });
    for (const key of ['frances', 'alice', undefined]) {
      const ask = () => off({ ...request('PUT', 'orders', { kind: 'crash' }), key });
      expect(ask).toThrow(expect.objectContaining({ status: 404, code: 'NO_SUCH_ROUTE' }));
    }
    expect(board.state('orders')).toEqual(healthy('orders'));
  });
});

describe('a fault', () => {
  test('is set on one component, with its defaults, and told in the contract’s words', async () => {
    const state = await controls(request('PUT', 'orders', { kind: 'latency', latencyMs: 5 }));
    expect(state).toEqual({
      component: 'orders',
      fault: { kind: 'latency', latencyMs: 5, jitterMs: 0, percent: 100, durationMs: 30_000 },
      healsAt: '2026-11-22T09:30:30.000Z',
      hits: 0,
      kinds,
    });
    expect(fits(FaultState)(state)).toBeNull();
    expect(await controls(request('GET', 'catalog'))).toEqual(healthy('catalog'));
  });

  test.each([
    ['nothing', undefined],
    ['an unknown kind', { kind: 'nap' }],
    ['a share above all', { kind: 'wrong', percent: 101 }],
    ['a share of none', { kind: 'wrong', percent: 0 }],
    ['a success', { kind: 'error', status: 200 }],
    ['a minute’s hang', { kind: 'hang', hangMs: 60_000 }],
    ['a leak of more than 256 MB', { kind: 'leak', leakMb: 257 }],
    ['a query of no time', { kind: 'slow-query', queryMs: 0 }],
    ['a lock of a minute', { kind: 'db-lock', lockMs: 60_000 }],
    ['a pool that is held for ever', { kind: 'pool' }],
    ['a database fault without a database', { kind: 'pool', holdMs: 5 }],
    ['more than ten minutes', { kind: 'crash', durationMs: 600_001 }],
  ])('that is %s is refused, and the one before stays', async (_what, body) => {
    await controls(request('PUT', 'orders', { kind: 'wrong' }));
    const ask = () => controls(request('PUT', 'orders', body));
    expect(ask).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_REQUEST' }));
    expect(board.state('orders').fault?.kind).toBe('wrong');
  });

  test('of a component that is not here is refused', () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const ask = () => controls(request(method, 'payments', { kind: 'wrong' }));
      expect(ask).toThrow(expect.objectContaining({ status: 404 }));
    }
    const ask = () => controls(request('GET', 'ORDERS!'));
    expect(ask).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});

describe('healing', () => {
  beforeEach(async () => {
    await controls(request('PUT', 'catalog', { kind: 'wrong' }));
    await controls(request('PUT', 'orders', { kind: 'wrong' }));
  });

  test('one leaves the other broken', async () => {
    expect(await controls(request('DELETE', 'orders'))).toEqual(healthy('orders'));
    expect(board.state('catalog').fault?.kind).toBe('wrong');
  });

  test('all leaves nothing broken', async () => {
    const all = { components: [healthy('catalog'), healthy('orders')], unreachable: [] };
    expect(await controls(request('DELETE'))).toEqual(all);
    expect(await controls(request('GET'))).toEqual(all);
  });
});
