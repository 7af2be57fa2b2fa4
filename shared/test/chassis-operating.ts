// test/chassis-operating.ts: readiness and faults, as every framework must mount them.
// Part of chassis-suite.ts.
import { expect, test } from 'vitest';
import { ask, codeOf, json, state } from './chassis-probe.ts';

export function chassisOperating(): void {
  const control = (method: string, key?: string, body?: object, path = '/chaos/sales') => {
    const headers = { ...(key && { 'x-api-key': key }), ...(body && json) };
    return ask(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  };

  test('/ready is 503 while something it needs is down', async () => {
    expect((await ask('/ready')).status).toBe(200);
    state.databaseIsUp = false;
    const { status, type, text } = await ask('/ready');
    expect([status, type]).toEqual([503, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toEqual({
      ready: false,
      dependencies: [{ name: 'database', health: 'down', reason: 'database is down' }],
    });
  });

  test('faults are switched with the instructor’s key only', async () => {
    expect(await codeOf(control('GET'))).toBe('401 KEY_MISSING');
    expect(await codeOf(control('GET', 'student'))).toBe('403 KEY_NOT_ALLOWED');
    expect(await codeOf(control('PUT', 'teacher', { kind: 'nap' }))).toBe('400 INVALID_REQUEST');
    const fault = { kind: 'error', status: 500 };
    const set = await control('PUT', 'teacher', fault);
    expect([set.status, set.type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(set.text)).toMatchObject({ component: 'sales', fault, hits: 0 });
    expect(JSON.parse((await control('DELETE', 'teacher')).text).fault).toBeNull();
  });
}
