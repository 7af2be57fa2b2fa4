// contract/coupling.ts: how those who follow orders hear of one: by a direct call, or through a queue.
// Switched while the shop runs, with the instructor's key; orders/coupling.ts answers in each shape.
import { type Static, Type } from 'typebox';
import { COUPLING_PATH, couplings } from './couplings.ts';
import { operation } from './operation.ts';
import { strict, word } from './primitives.ts';

export const CouplingState = strict({
  /** `none` where they hear of an order in its own transaction. */
  coupling: word([...couplings, 'none']),
  /** What it can be switched to here. */
  choices: Type.Array(word(couplings)),
});
export type CouplingState = Static<typeof CouplingState>;

export const NewCoupling = strict({ coupling: word(couplings) });
export type NewCoupling = Static<typeof NewCoupling>;

export const getCoupling = operation({
  id: 'getCoupling',
  summary: 'How notifications and reports hear of orders',
  feature: 'orders',
  access: 'instructor',
  method: 'GET',
  path: COUPLING_PATH,
  status: 200,
  answer: CouplingState,
});

export const setCoupling = operation({
  id: 'setCoupling',
  summary: 'Have them hear by call or by queue from now on',
  feature: 'orders',
  access: 'instructor',
  method: 'PUT',
  path: COUPLING_PATH,
  body: NewCoupling,
  status: 200,
  answer: CouplingState,
});
