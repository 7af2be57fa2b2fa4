// reports-beside-checkout/rig.test.ts: the shop as it is measured, in each placement: real processes, counts only.
// Run by vitest; how long a report takes is not asserted, that it is read where it should be is.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testLab } from '../../lab/test-lab.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { targetsAt } from '../../targets/targets.ts';
import { createAsker } from './asking.ts';
import { plansIn, siteOf } from './plans.ts';
import { openSites, type Site } from './sites.ts';

const { lab, close } = testLab();
const portBase = 18_500;
const plans = plansIn('quick').filter(({ shape }) => shape === 'monolith');
let site: Site;
beforeAll(async () => {
  const start: typeof lab.start = async (target, options) => {
    const running = await startTarget(target, { fresh: true, ...options });
    lab.defer(() => running.stop());
    return running;
  };
  const rig = { ...lab, portBase, size: 'quick', start } as const;
  const sites = await openSites(rig, [targetsAt(portBase).monolith], plans);
  expect([...sites.keys()]).toEqual(['monolith SQLite']);
  site = sites.get('monolith SQLite') as Site;
}, 120_000);
afterAll(close);

test.each(plans)(
  '$name: reports are read there, also many at once',
  async (plan) => {
    expect(siteOf(plan)).toBe('monolith SQLite');
    await site.place(plan);
    const [pid] = site.running.components.map((component) => component.pid);
    const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout;
    expect(children.split('\n').filter(Boolean)).toHaveLength(plan.placement === 'process' ? 1 : 0);
    const asker = createAsker(site.running.baseUrl, lab.signal);
    const reports = [
      ...(await asker.inTurn(2)),
      ...(await asker.every(50, 100)),
      ...(await asker.atOnce(6)),
    ];
    await asker.close();
    expect(reports.map(({ status }) => status)).toEqual(reports.map(() => 200));
    expect(reports).toHaveLength(10);
    // The newest of the past was placed before today.
    for (const { asOfMs } of reports) expect(asOfMs).toBeGreaterThan(Date.now() - 3 * 86_400_000);
    expect(site.walBytes()).toBeGreaterThanOrEqual(0);
  },
  120_000,
);
