// commands/lib/bounds.ts: numbers and ports from flags; one that does not fit is named.
// Called by the subcommands of `npm run lab`.
import { CannotStart } from '../../targets/cannot-start.ts';
import { parsePortBase } from '../../targets/port-base.ts';
import type { Given } from './flags.ts';

/** Both ends are allowed. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/**
 * @returns undefined when the flag was not given
 * @throws CannotStart naming the flag and its range
 */
export function numberFrom(given: Given, flag: string, bounds: Bounds): number | undefined {
  const text = given.text(flag);
  if (text === undefined) return undefined;
  const { min, max, whole = false } = bounds;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'whole number' : 'number';
  throw new CannotStart(`--${flag} is "${text}": give a ${kind} from ${min} to ${max}.`);
}

/**
 * @param standard what it is when the flag was not given
 * @returns without a slash at the end
 * @throws CannotStart naming the flag and what an address looks like
 */
export function addressFrom(given: Given, flag: string, standard: string): string {
  const url = given.text(flag) ?? standard;
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url.replace(/\/$/, '');
  throw new CannotStart(`--${flag} is "${url}": give an address as ${standard}.`);
}

/** What is behind --port-base in each help. */
export const portBaseFlag = {
  value: '<n>',
  about: 'first port: LAB_PORT_BASE, else 3000',
} as const;

/** --port-base, else LAB_PORT_BASE, else 3000. @throws CannotStart naming which of them is wrong */
export function portBaseFrom(given: Given): number {
  const flag = given.text('port-base');
  return flag === undefined
    ? parsePortBase(process.env.LAB_PORT_BASE)
    : parsePortBase(flag, '--port-base');
}
