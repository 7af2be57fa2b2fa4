// reports-beside-checkout/rig.test.ts: the shop in each placement as it is measured: real processes, counts.
// Run by vitest; how long a report takes is not asserted, that it is read where it should be is.
import { spawnSync } from 'node:child_process';
import { postgresMissing } from '@lab/shared/test/postgres-server.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testLab } from '../../lab/test-lab.ts';
import type { Platform } from '../../targets/platform.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { targetsAt } from '../../targets/targets.ts';
import { createAsker } from './asking.ts';
import { allPlans, type SiteName, siteOf } from './plans.ts';
import { openSites, type Site } from './sites.ts';

const missing = postgresMissing();
if (missing !== undefined) process.stdout.write(`Skipped, reports on PostgreSQL: ${missing}\n`);
const { lab, close } = testLab();
const portBase = 18_500;
const plans = allPlans.filter(
  ({ shape, engine }) => shape === 'monolith' && (engine === 'SQLite' || missing === undefined),
);
let sites: Map<SiteName, Site>;
beforeAll(async () => {
  const platform: Platform = { name: 'process', start: startTarget };
  const start: typeof lab.start = async (target, options) => {
    const running = await startTarget(target, { fresh: true, ...options });
    lab.defer(() => running.stop());
    return running;
  };
  const rig = { ...lab, platform, portBase, size: 'quick', start } as const;
  sites = await openSites(rig, [targetsAt(portBase).monolith], plans);
  expect([...sites.keys()]).toEqual([...new Set(plans.map(siteOf))]);
}, 300_000);
afterAll(close, 60_000);

test.each(plans)(
  '$name: reports are read there, also many at once',
  async (plan) => {
    const site = sites.get(siteOf(plan)) as Site;
    await site.place(plan);
    const [pid] = site.running.components.map((component) => component.pid);
    const readers = spawnSync('pgrep', ['-P', String(pid), '-f', 'reader.mjs'], {
      encoding: 'utf8',
    }).stdout;
    expect(readers.split('\n').filter(Boolean)).toHaveLength(plan.placement === 'process' ? 1 : 0);
    const asker = createAsker(site.running.baseUrl, lab.signal);
    const reports = [
      ...(await asker.inTurn(2)),
      ...(await asker.every(50, 100)),
      ...(await asker.atOnce(6)),
    ];
    await asker.close();
    expect((await connectionsTo(site.serverUrl)) > 0).toBe(plan.engine === 'PostgreSQL');
    expect(reports.map(({ status }) => status)).toEqual(Array(10).fill(200));
    // The newest of the past was placed shortly before today.
    for (const { asOfMs } of reports) expect(asOfMs).toBeGreaterThan(Date.now() - 3 * 86_400_000);
    expect(site.walBytes() !== undefined).toBe(plan.engine === 'SQLite');
  },
  120_000,
);

/** Of the shop, which keeps them; by the server's own count. */
async function connectionsTo(url: string | undefined): Promise<number> {
  if (url === undefined) return 0;
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*) AS others FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  await client.end();
  return Number(rows[0].others);
}
