// runtime/metrics.test.ts: what was observed is what Prometheus reads.
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('answers are counted by operation and status, latencies in cumulative buckets', async () => {
  const metrics = createMetrics();
  metrics.observe('getStock', 200, 0.4);
  metrics.observe('getStock', 200, 1);
  metrics.observe('getStock', 404, 30);
  metrics.observe('getStock', 200, 20_000);
  const lines = (await metrics.text()).split('\n');
  const bucket = (le: string) =>
    `http_request_duration_seconds_bucket{le="${le}",operation="getStock"}`;
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE http_requests_total counter',
      'http_requests_total{operation="getStock",status="200"} 3',
      'http_requests_total{operation="getStock",status="404"} 1',
      '# TYPE http_request_duration_seconds histogram',
      `${bucket('0.001')} 2`,
      `${bucket('0.025')} 2`,
      `${bucket('0.05')} 3`,
      `${bucket('10')} 3`,
      `${bucket('+Inf')} 4`,
      'http_request_duration_seconds_sum{operation="getStock"} 20.0314',
      'http_request_duration_seconds_count{operation="getStock"} 4',
    ]),
  );
});

test('the process itself is described too, and every line ends', async () => {
  const text = await createMetrics().text();
  expect(text).toMatch(/^process_cpu_seconds_total /m);
  expect(text.endsWith('\n')).toBe(true);
  expect(text).not.toMatch(/[^\n]# HELP/);
});
