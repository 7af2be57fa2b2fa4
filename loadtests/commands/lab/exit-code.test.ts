// commands/lab/exit-code.test.ts: which results end a run with which exit code.
import { expect, test } from 'vitest';
import type { LabResult, Status } from '../../lab/result.ts';
import { exitCodeOf } from './exit-code.ts';

interface Case {
  readonly valid?: boolean;
  readonly partial?: boolean;
  readonly invariant?: boolean;
  readonly status?: Status;
}

function resultOf({ valid = true, partial = false, invariant = true, status = 'held' }: Case) {
  return {
    partial,
    evaluation: { valid, verdicts: [{ status, invariant }] },
  } as unknown as LabResult;
}

const cases: [why: string, code: number, ...results: Case[]][] = [
  ['valid, invariants held', 0, {}, {}],
  ['a refuted prediction is a result like any other', 0, { invariant: false, status: 'refuted' }],
  ['a prediction that stays open is one too', 0, { invariant: false, status: 'inconclusive' }],
  ['an invariant that does not apply', 0, { status: 'not applicable' }],
  ['a broken invariant', 1, {}, { status: 'refuted' }],
  ['a broken invariant in a run that is not valid', 1, { status: 'refuted', valid: false }],
  ['a broken invariant beside a partial run', 1, { partial: true }, { status: 'refuted' }],
  ['one experiment that is not valid', 3, {}, { valid: false }],
  ['one that was stopped', 3, { partial: true }],
  ['an invariant that stays open', 3, { status: 'inconclusive' }],
  ['nothing was run', 3],
];

test('an experiment without a result ends a run with 2, unless an invariant broke', () => {
  expect(exitCodeOf([resultOf({})], ['E7: no zip.'])).toBe(2);
  expect(exitCodeOf([resultOf({ valid: false })], ['E7: no zip.'])).toBe(2);
  expect(exitCodeOf([resultOf({ status: 'refuted' })], ['E7: no zip.'])).toBe(1);
});

test.each(cases)('%s: exit code %i', (_, code, ...results) => {
  expect(exitCodeOf(results.map(resultOf))).toBe(code);
});
