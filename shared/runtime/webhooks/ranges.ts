// webhooks/ranges.ts: IP addresses and ranges of them as numbers, so that no way of writing one hides it.
// Called by policy.ts.
import { isIP } from 'node:net';

/** An address is a range of one: its prefix has all 32 or 128 bits. */
export interface Range {
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly prefix: number;
}

/** @returns undefined for what is no address, and for one with a zone (`fe80::1%eth0`) */
export function readAddress(text: string): Range | undefined {
  const family = isIP(text);
  if (family === 4) return { family, bits: join(text.split('.').map(Number), 8n), prefix: 32 };
  if (family !== 6 || text.includes('%')) return undefined;
  return { family, bits: join(groupsOf(text), 16n), prefix: 128 };
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. @returns undefined for anything else */
export function readRange(text: string): Range | undefined {
  const [, start = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = readAddress(start);
  if (address === undefined) return undefined;
  const prefix = length === undefined ? address.prefix : Number(length);
  return prefix > address.prefix ? undefined : { ...address, prefix };
}

/** Is all of `inner` in `outer`? */
export function isWithin(inner: Range, outer: Range): boolean {
  if (inner.family !== outer.family || inner.prefix < outer.prefix) return false;
  const rest = BigInt((outer.family === 4 ? 32 : 128) - outer.prefix);
  return inner.bits >> rest === outer.bits >> rest;
}

/** The URL parser writes every form of IPv6 in one way: hexadecimal, the longest run of zeros as `::`. */
function groupsOf(text: string): number[] {
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)),
  ) as [number[], number[]];
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after];
}

function join(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);
}
