// compose/safety.test.ts: a container that is open, unlimited or runs as root is named.
import { expect, test } from 'vitest';
import { wrongWith } from './safety.ts';

const catalog = {
  Name: '/shop-catalog-1',
  Image: 'sha256:0',
  Config: { User: 'node', Image: 'one-shop-catalog' },
  HostConfig: { ReadonlyRootfs: true, Memory: 134_217_728 },
  NetworkSettings: { Ports: { '4001/tcp': null } },
};
const published = (HostIp: string) => ({
  NetworkSettings: { Ports: { '4001/tcp': [{ HostIp }] } },
});

test('nothing is wrong with a service that nobody can reach from outside', () => {
  expect(wrongWith(catalog)).toEqual([]);
  expect(wrongWith({ ...catalog, ...published('127.0.0.1') })).toEqual([]);
});

test.each([
  ['is published on 0.0.0.0', published('0.0.0.0')],
  ['has no memory limit', { HostConfig: { ...catalog.HostConfig, Memory: 0 } }],
  ['runs as root', { Config: { ...catalog.Config, User: '' } }],
  ['runs as root', { Config: { ...catalog.Config, User: '0:0' } }],
  ['can write to its image', { HostConfig: { ...catalog.HostConfig, ReadonlyRootfs: false } }],
])('a service that %s', (sentence, change) => {
  expect(wrongWith({ ...catalog, ...change })).toEqual([`shop-catalog-1 ${sentence}.`]);
});

test('a database may begin as root, but nobody outside may reach it', () => {
  const database = { ...catalog, Config: { User: '', Image: 'postgres:17-alpine' } };
  expect(wrongWith(database)).toEqual([]);
  expect(wrongWith({ ...database, ...published('127.0.0.1') })).toEqual([
    'shop-catalog-1 is published, and is a database.',
  ]);
});
