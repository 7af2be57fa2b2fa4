// targets/port-base.ts: the first port of the lab, which all others are counted from.
// Read by targets.ts and by the commands that can be told another.
import { cloudPorts } from '@lab/shared/runtime/cloud-addresses.ts';
import { CannotStart } from './cannot-start.ts';

export const defaultPortBase = 3000;
const mostPortBase = 65_535 - cloudPorts.SQS;

/**
 * Reads LAB_PORT_BASE, or the flag that stands for it.
 * @param text the variable's value; undefined or empty means 3000
 * @param name what the sentence of a refusal calls it
 * @throws CannotStart unless it is a whole number 1024–59211
 */
export function parsePortBase(text: string | undefined, name = 'LAB_PORT_BASE'): number {
  if (text === undefined || text === '') return defaultPortBase;
  const portBase = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (portBase >= 1024 && portBase <= mostPortBase) return portBase;
  throw new CannotStart(`${name} is "${text}": give a whole number from 1024 to ${mostPortBase}.`);
}
