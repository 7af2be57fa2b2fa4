// domain/problems.test.ts: errors on their way to a caller and back.
// Run by vitest.
import { describe, expect, test } from 'vitest';
import { Problem as ProblemBody } from '../contract/problem.ts';
import { fits } from '../contract/validate.ts';
import {
  catalogue,
  NotFound,
  OutOfStock,
  PaymentDeclined,
  Problem,
  problem,
  toProblem,
} from './problems.ts';

const names = Object.keys(catalogue) as (keyof typeof catalogue)[];
const shortage = { productId: 'prd_0161', wanted: 3, left: 1 };

describe('the catalogue', () => {
  test('has a code of its own for each problem', () => {
    const codes = Object.values(catalogue).map(([, code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });

  test.each(names)('%s becomes a body that fits the contract', (name) => {
    const body = toProblem(problem(name, 'Because.'));
    expect(fits(ProblemBody)(body)).toBeNull();
    expect([body.status, body.code, body.title]).toEqual([...catalogue[name]]);
    expect(body.type).toMatch(/^urn:problem:[a-z]+(-[a-z]+)*$/);
  });
});

describe('a problem', () => {
  test('says in one sentence what its values say', () => {
    expect(new OutOfStock(shortage).message).toBe('prd_0161: 3 wanted, 1 left.');
    expect(new NotFound({ what: 'order', id: 'ord_1' }).message).toBe('There is no order ord_1.');
    const declined = new PaymentDeclined({ orderId: 'ord_1', reason: 'card expired' });
    expect(declined.message).toBe('The card network declined: card expired.');
  });

  test('carries its values beside its members', () => {
    expect(toProblem(new OutOfStock(shortage))).toMatchObject({
      code: 'OUT_OF_STOCK',
      ...shortage,
    });
  });

  test('cannot be made to look like another by its values', () => {
    const values = { status: 200, code: 'FINE', title: 'Fine', detail: 'Fine', type: 'fine' };
    const plain = toProblem(problem('internal', 'Broken.'));
    expect(toProblem(problem('internal', 'Broken.', values))).toEqual(plain);
  });

  test('is the same after a journey through JSON', () => {
    const sent = new OutOfStock(shortage);
    const received = Problem.from(JSON.parse(JSON.stringify(toProblem(sent))));
    expect(received).toBeInstanceOf(Problem);
    expect(toProblem(received)).toEqual(toProblem(sent));
    expect(received.values).toEqual(shortage);
  });
});

test.each([
  ['an error', new TypeError('the password is hunter2')],
  ['a text', 'hunter2'],
  ['something like a problem', { status: 200, code: 'FINE', message: 'hunter2' }],
  ['nothing', undefined],
])('%s that was not foreseen tells nothing of the inside', (_what, thrown) => {
  expect(toProblem(thrown)).toEqual({
    type: 'urn:problem:internal',
    title: 'Something broke on our side',
    status: 500,
    code: 'INTERNAL',
    detail: 'The reason is in the log.',
  });
});
