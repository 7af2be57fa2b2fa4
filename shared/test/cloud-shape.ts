// test/cloud-shape.ts: the serverless shape, deployed from its real zips, as a subject of tests.
// Called by contract.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionCode } from '../../loadtests/targets/function-zips.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { eventually, type Subject } from './subject.ts';

export interface CloudShape extends Subject {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const NARROW_RPS = 5;
/** Ten cold starts of each function at once, on a machine that is busy with other tests. */
const patient = {
  CATALOG_TIMEOUT_MS: '9000',
  INVENTORY_TIMEOUT_MS: '9000',
  PAYMENTS_TIMEOUT_MS: '9000',
};

/** Freshly seeded, on free ports, not started yet. */
export function cloudShape(): CloudShape {
  const folder = mkdtempSync(join(tmpdir(), 'lab-cloud-'));
  let cloud: Cloud | undefined;
  async function startWith(rateLimitRps: number): Promise<void> {
    cloud = await startCloud({
      codeOf: await functionCode(),
      dataFolder: folder,
      parameters: { RateLimitRps: String(rateLimitRps) },
      env: patient,
    });
  }
  return {
    name: 'serverless',
    get baseUrl() {
      if (cloud === undefined) throw new Error('serverless was not started.');
      return cloud.invokeUrl;
    },
    customerKey: DEMO_CUSTOMER_KEY,
    instructorKey: DEMO_INSTRUCTOR_KEY,
    settled: eventually,
    start: () => startWith(10_000),
    async stop() {
      await cloud?.close();
      rmSync(folder, { recursive: true, force: true });
    },
    async narrowDoor() {
      await cloud?.close();
      await startWith(NARROW_RPS);
      return NARROW_RPS;
    },
  };
}
