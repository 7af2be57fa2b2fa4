// webhooks/policy.test.ts: which addresses a callback may go to, in every way of writing them.
import { describe, expect, test } from 'vitest';
import { createPolicy } from './policy.ts';
import { readRange } from './ranges.ts';

const forbidden: [address: string, why: string][] = [
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'this network'],
  ['10.0.0.1', 'private'],
  ['10.255.255.255', 'private, its end'],
  ['100.64.0.1', 'behind a carrier’s NAT'],
  ['100.127.255.255', 'behind a carrier’s NAT, its end'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback, far'],
  ['169.254.169.254', 'the metadata of a cloud'],
  ['169.254.0.1', 'link-local'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private, its end'],
  ['192.0.0.1', 'protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['203.0.113.7', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback, written out'],
  ['::10.0.0.1', 'IPv4-compatible'],
  ['::ffff:10.0.0.1', 'mapped, private'],
  ['::ffff:169.254.169.254', 'mapped, metadata'],
  ['::ffff:a9fe:a9fe', 'mapped, metadata, hexadecimal'],
  ['::FFFF:8.8.8.8', 'mapped, though public'],
  ['::ffff:0:10.0.0.1', 'translated (SIIT)'],
  ['64:ff9b::10.0.0.1', 'NAT64, private'],
  ['64:ff9b::a9fe:a9fe', 'NAT64, metadata'],
  ['64:ff9b:1::1', 'NAT64 of one’s own'],
  ['100::1', 'discarded'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['2002:0a00:0001::1', '6to4, private'],
  ['2002:a9fe:a9fe::', '6to4, metadata'],
  ['fc00::1', 'unique local'],
  ['fd12:3456:789a::1', 'unique local'],
  ['fd00:ec2::254', 'metadata over IPv6'],
  ['fe80::1', 'link-local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['4000::1', 'not assigned'],
  ['localhost', 'no address'],
  ['2130706433', 'no address'],
  ['', 'nothing'],
];

const allowed: [list: string[], address: string][] = [
  [['loopback'], '127.0.0.1'],
  [['loopback'], '127.8.9.10'],
  [['loopback'], '::1'],
  [['loopback'], '0:0:0:0:0:0:0:1'],
  [['public'], '8.8.8.8'],
  [['public'], '100.128.0.1'],
  [['public'], '172.32.0.1'],
  [['public'], '2606:4700:4700::1111'],
  [['10.1.0.0/16'], '10.1.255.255'],
  [['192.168.1.7'], '192.168.1.7'],
  [['fd00::/8'], 'fd12::1'],
  [['169.254.169.254'], '169.254.169.254'],
  [['::ffff:0:0/96', 'loopback'], '::ffff:127.0.0.1'],
  [['64:ff9b::/96', 'public'], '64:ff9b::8.8.8.8'],
  [['203.0.113.0/24', 'public'], '1.1.1.1'],
];

test.each(forbidden)('%s is not public: %s', (address) => {
  expect(createPolicy(['public'])(address)).toBe(false);
  expect(createPolicy([])(address)).toBe(false);
});

test.each(forbidden.filter(([, why]) => !why.startsWith('loopback')))(
  '%s is not loopback: %s',
  (address) => {
    expect(createPolicy(['loopback'])(address)).toBe(false);
  },
);

test.each(allowed)('%j allows %s', (list, address) => {
  expect(createPolicy(list)(address)).toBe(true);
});

describe('a list', () => {
  test('opens what it names, and nothing beside it', () => {
    const policy = createPolicy(['10.1.0.0/16']);
    expect(['10.0.255.255', '10.2.0.0', '::ffff:10.1.0.1', '8.8.8.8'].filter(policy)).toEqual([]);
  });

  test('that lets a form with an IPv4 address in it pass still judges that address', () => {
    const policy = createPolicy(['64:ff9b::/96', '2002::/16', '::ffff:0:0/96', 'public']);
    const hidden = ['64:ff9b::a9fe:a9fe', '2002:a00:1::1', '::ffff:127.0.0.1'];
    expect(hidden.filter(policy)).toEqual([]);
  });

  test('with half of the Internet in it opens nothing that is special', () => {
    const policy = createPolicy(['0.0.0.0/1', '8.0.0.0/5', '::/1']);
    expect(['10.0.0.1', '127.0.0.1', '::1', 'fd00::1'].filter(policy)).toEqual([]);
    expect(policy('9.9.9.9')).toBe(true);
  });

  test.each(['everything', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/-1', '10.0.0.0/'])(
    'that holds %s is refused',
    (word) => {
      expect(readRange(word)).toBeUndefined();
      expect(() => createPolicy(['loopback', word])).toThrow(word);
    },
  );
});
