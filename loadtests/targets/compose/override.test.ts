// targets/compose/override.test.ts: what is laid over docker-compose.yml: replicas, ports, settings.
// Run by `npm test`; no engine is needed.
import { expect, test } from 'vitest';
import { withReplicas } from '../replicas.ts';
import { clusterAt, targetsAt } from '../targets.ts';
import { databaseOf, overrideOf, profileOf } from './override.ts';
import { composeFile } from './project.ts';

const { monolith, microservices } = targetsAt(13_000);
const nothing = new Map();

test('a replica extends its service, shares its image, and its callers know both', () => {
  const target = withReplicas(microservices, { catalog: 2 });
  const { services } = overrideOf(target, {}, nothing);
  const replica = services['catalog-2'];
  expect(replica?.extends).toEqual({ file: composeFile, service: 'catalog' });
  expect(replica?.image).toBe(services.catalog?.image);
  expect(replica?.ports).toEqual(['127.0.0.1:14112:4001']);
  const url = 'http://catalog:4001,http://catalog-2:4001';
  expect(services.gateway?.environment.CATALOG_URL).toBe(url);
  expect(replica?.environment).toMatchObject({ SHARES_DATABASE: 'on', DRAIN_MS: '300' });
  expect(target.components.map(databaseOf)).toContain('catalog-db');
  expect(target.components.map(databaseOf)).not.toContain('catalog-2-db');
});

test('the front door keeps the port that docker-compose.yml gives it', () => {
  expect(overrideOf(monolith, {}, nothing).services.monolith?.ports).toBeUndefined();
  expect(overrideOf(microservices, {}, nothing).services.gateway?.ports).toBeUndefined();
});

test('what was deployed wins over what the lab sets, and a cluster has its workers', () => {
  const deployed = new Map([['monolith', { image: 'one-shop-lab-monolith:new' }]]);
  const options = { nodeFlags: ['--max-old-space-size=96'], env: { PAST_ORDERS: '10' } };
  const { monolith: service } = overrideOf(clusterAt(13_000), options, deployed).services;
  expect(service?.image).toBe('one-shop-lab-monolith:new');
  expect(service?.environment).toMatchObject({
    NODE_OPTIONS: '--max-old-space-size=96',
    PAST_ORDERS: '10',
    WORKERS: '2',
  });
  expect(profileOf(clusterAt(13_000))).toBe('monolith');
});
