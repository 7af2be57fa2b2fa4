// scenarios/checks.ts: holds an answer against its status, its schema and what is known to be true.
// The truths are the fixtures' and the run's own; a 200 full of zeros fails here.
import type { Answer, Operation } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { fits } from '@lab/shared/contract/validate.ts';
import type { Shot } from './shot.ts';

const misfitOf = new Map(publicOperations.map(({ id, answer }) => [id, fits(answer)]));

/**
 * The status and schema of success, then `truth`.
 * @param truth reasons by name: the first that is false is given, so name what must hold
 */
export function expecting<Op extends Operation>(
  operation: Op,
  truth: (answer: Answer<Op>) => Readonly<Record<string, boolean>>,
): Shot['check'] {
  const misfit = misfitOf.get(operation.id);
  if (misfit === undefined) throw new Error(`${operation.id} is not a public operation.`);
  return (status, body) => {
    if (status !== operation.status) return problemCode(status, body);
    if (misfit(body) !== null) return 'schema';
    return firstFalse(truth(body as Answer<Op>));
  };
}

/** A refusal that is the right answer, such as 402 PAYMENT_DECLINED for a declined card. */
export function expectingProblem(status: number, code: string): Shot['check'] {
  return (actual, body) => {
    const found = problemCode(actual, body);
    return actual === status && found === code ? 'ok' : found;
  };
}

/** Whether every element of a list satisfies `test`, and there is at least one. */
export function someAndAll<Item>(items: readonly Item[], test: (item: Item) => boolean): boolean {
  return items.length > 0 && items.every(test);
}

/** Whole cents; exact. */
export function sumOf<Item>(items: readonly Item[], cents: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + cents(item), 0);
}

function firstFalse(truths: Readonly<Record<string, boolean>>): string {
  for (const [name, holds] of Object.entries(truths)) if (!holds) return `not ${name}`;
  return 'ok';
}

// Our own codes are upper case; anything else could be of any length and number.
function problemCode(status: number, body: unknown): string {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : `http-${status}`;
}
