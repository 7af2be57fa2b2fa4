// webhooks/policy.ts: which addresses a callback may connect to: those that are listed, and no others.
// Made from CALLBACK_ALLOW by whoever sends; asked by destination.ts before any socket is opened.
import { isWithin, type Range, readAddress, readRange } from './ranges.ts';

export type AllowedAddress = (address: string) => boolean;

/** Words for the list, beside ranges such as `10.1.0.0/16`. */
const words: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  public: ['0.0.0.0/0', '::/0'],
};

/**
 * Ranges that are not the public Internet (IANA’s registries of special-purpose addresses). A listed
 * range opens one of these only if it lies wholly in it: `0.0.0.0/0` does not mean the router’s page.
 */
const special = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // What is not in 2000::/3, and in it what means something else than a host.
  ...['::/3', '4000::/2', '8000::/1', '::', '::1', '::/96', '::ffff:0:0/96', '::ffff:0:0:0/96'],
  ...['64:ff9b::/96', '64:ff9b:1::/48', '2001::/23', '2001::/32', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
].map(known);

/** IPv6 addresses that lead to an IPv4 one, and where in them it stands: mapped, SIIT, NAT64, 6to4. */
const embedding = [
  { range: known('::ffff:0:0/96'), shift: 0n },
  { range: known('::ffff:0:0:0/96'), shift: 0n },
  { range: known('64:ff9b::/96'), shift: 0n },
  { range: known('2002::/16'), shift: 80n },
];

/**
 * @param list `loopback`, `public`, or ranges
 * @throws RangeError naming the word that is none of them
 */
export function createPolicy(list: readonly string[]): AllowedAddress {
  const listed = list.flatMap((word) => words[word] ?? [word]).map(known);
  return (text) => {
    const address = readAddress(text);
    return address !== undefined && isAllowed(address, listed);
  };
}

function isAllowed(address: Range, listed: readonly Range[]): boolean {
  const closed = special.filter((range) => isWithin(address, range));
  const open = listed.some(
    (range) => isWithin(address, range) && closed.every((outer) => isWithin(range, outer)),
  );
  const inner = embeddedIn(address);
  return open && (inner === undefined || isAllowed(inner, listed));
}

function embeddedIn(address: Range): Range | undefined {
  const form = embedding.find(({ range }) => isWithin(address, range));
  if (form === undefined) return undefined;
  return { family: 4, bits: (address.bits >> form.shift) & 0xffff_ffffn, prefix: 32 };
}

function known(text: string): Range {
  const range = readRange(text);
  if (range === undefined) throw new RangeError(`"${text}" is no range of addresses.`);
  return range;
}
