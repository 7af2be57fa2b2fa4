// test/coupling.contract.ts: the switch between call and queue, as every shape has it or has none.
// Registered by suite.ts. What is switched is coupling.test.ts's business.
import { expect, test } from 'vitest';
import { getCoupling, setCoupling } from '../contract/coupling.ts';
import { type Coupling, couplings } from '../contract/couplings.ts';
import { ask, refusal } from './asking.ts';
import { howIn } from './differences.ts';
import type { Subject } from './subject.ts';

export function couplingContract(subject: Subject): void {
  const way = howIn(subject, 'coupling');
  const choices: Coupling[] = way === 'queue' ? ['sync', 'queue'] : way === 'sync' ? ['sync'] : [];
  const instructor = { key: subject.instructorKey };

  test('the switch says how it stands, and what there is to choose', async () => {
    expect(await ask(subject, getCoupling, {}, instructor)).toEqual({ coupling: way, choices });
  });

  test('it can be set to each choice, and to nothing else', async () => {
    for (const coupling of couplings) {
      const body = { coupling };
      if (choices.includes(coupling)) {
        const set = await ask(subject, setCoupling, { body }, instructor);
        expect(set).toEqual({ coupling, choices });
        expect(await ask(subject, getCoupling, {}, instructor)).toEqual(set);
      } else {
        const problem = await refusal(subject, setCoupling, { body }, instructor);
        expect(problem).toMatchObject({ status: 409, code: 'COUPLING_REFUSED' });
      }
    }
    const body = { coupling: 'both' } as never;
    const problem = await refusal(subject, setCoupling, { body }, instructor);
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });

  test('it is the instructor’s: no key is 401, any other 403', async () => {
    for (const operation of [getCoupling, setCoupling]) {
      const missing = await refusal(subject, operation, {}, { key: null });
      expect(missing).toMatchObject({ status: 401, code: 'KEY_MISSING' });
      const customers = await refusal(subject, operation);
      expect(customers).toMatchObject({ status: 403, code: 'KEY_NOT_ALLOWED' });
    }
  });
}
