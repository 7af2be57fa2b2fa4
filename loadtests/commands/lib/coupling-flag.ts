// commands/lib/coupling-flag.ts: how the shop is to be coupled, from its flag or from LAB_COUPLING.
// Called by the commands that start a shop.
import { type Coupling, couplings } from '@lab/shared/contract/couplings.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import type { Given } from './flags.ts';

/** @returns undefined when nothing was asked for @throws CannotStart for any other word */
export function couplingFrom(given: Given): Coupling | undefined {
  const flag = given.text('coupling');
  const [name, text] =
    flag === undefined
      ? (['LAB_COUPLING', process.env.LAB_COUPLING] as const)
      : (['--coupling', flag] as const);
  return text ? couplingNamed(text, name) : undefined;
}

/** @param name what the sentence of a refusal calls it @throws CannotStart */
export function couplingNamed(text: string, name: string): Coupling {
  const coupling = couplings.find((known) => known === text);
  if (coupling !== undefined) return coupling;
  throw new CannotStart(`${name} is "${text}": it must be ${couplings.join(' or ')}.`);
}
