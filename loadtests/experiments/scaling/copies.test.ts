// experiments/scaling/copies.test.ts: two real copies of either shape under the load of E8.
// Run by vitest; only bounds that hold on a slow machine as well: a wait is never too short.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClosers } from '../../bench/closers.ts';
import type { Sample } from '../../lab/result.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { measureSite, openSite, type Site, whileHot } from './copies.ts';
import { predictedRps, shapes, wait } from './law.ts';

const closers = createClosers();
const env = { LAB_CHAOS: 'on', RATE_LIMIT_RPS: '1000000' };

const lab: Parameters<typeof openSite>[0] = {
  portBase: 26_400,
  pinning: { serverCore: undefined, generatorLauncher: [], sentence: '' },
  async start(target, options) {
    const running = await startTarget(target, { fresh: true, ...options, env });
    closers.defer(() => running.stop());
    return running;
  },
  phase() {},
};

describe.each(shapes)('%s', (shape) => {
  let site: Site;
  let sample: Sample;
  beforeAll(async () => {
    site = await openSite(lab, shape, 2, 0);
    sample = await whileHot([site], () => measureSite(lab, site, 'two', 1));
  }, 60_000);
  afterAll(() => closers.closeAll());

  test('no copy does more than its waits allow, so all of them wait', () => {
    const { throughputRps = 0 } = sample.metrics;
    expect(sample).toMatchObject({ arm: 'two', doubts: [] });
    expect(throughputRps).toBeGreaterThan(0);
    // A timer may ring a millisecond early.
    const slack = wait.latencyMs / (wait.latencyMs - 1);
    expect(throughputRps).toBeLessThan(predictedRps(2) * slack);
  });

  test('memory is that of all processes, shared pages counted less in PSS', () => {
    const { rssMb = 0, pssMb = 0 } = sample.metrics;
    const rssBytes = site.running.components.reduce((sum, one) => sum + one.rssBytes, 0);
    // Heaps may have grown or shrunk since.
    expect((rssMb * 1e6) / rssBytes).toBeGreaterThan(0.7);
    expect(pssMb).toBeLessThan(rssMb);
  });

  test('afterwards nothing waits any more', async () => {
    const { baseUrl } = site.running;
    const answer = await fetch(`${baseUrl}/chaos`, {
      headers: { 'x-api-key': 'demo-instructor-one-shop' },
    });
    const { components } = (await answer.json()) as { components: { fault: unknown }[] };
    expect(components.filter(({ fault }) => fault !== null)).toEqual([]);
  });
});
