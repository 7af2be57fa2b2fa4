// runtime/metrics.ts: what a process counts, as Prometheus text.
// The chassis reports each request; /metrics prints the registry.
import { collectDefaultMetrics, Registry } from 'prom-client';

export interface Metrics {
  /** @param latencyMs from arrival to the answer handed to the socket */
  observe(operation: string, status: number, latencyMs: number): void;
  text(): Promise<string>;
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BUCKETS_MS = BUCKETS_S.map((seconds) => seconds * 1000);

/** One operation: answers by status, and how many fell into each bucket; the last has no limit. */
interface Tally {
  readonly answers: Map<number, number>;
  readonly buckets: number[];
  sumMs: number;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Not prom-client's own counters: they copy and check the labels at every request, for more
  // CPU than validation and serialisation together.
  const tallies = new Map<string, Tally>();
  return {
    observe(operation, status, latencyMs) {
      const tally = tallies.get(operation) ?? newTally(tallies, operation);
      tally.answers.set(status, (tally.answers.get(status) ?? 0) + 1);
      const bucket = bucketOf(latencyMs);
      tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + 1;
      tally.sumMs += latencyMs;
    },
    text: async () => (await registry.metrics()) + requestsText(tallies),
  };
}

function newTally(tallies: Map<string, Tally>, operation: string): Tally {
  const buckets = new Array<number>(BUCKETS_MS.length + 1).fill(0);
  const tally: Tally = { answers: new Map(), buckets, sumMs: 0 };
  tallies.set(operation, tally);
  return tally;
}

function bucketOf(latencyMs: number): number {
  let bucket = 0;
  while (latencyMs > (BUCKETS_MS[bucket] ?? Infinity)) bucket += 1;
  return bucket;
}

/** In Prometheus text; operations are identifiers, so no label needs escaping. */
function requestsText(tallies: ReadonlyMap<string, Tally>): string {
  const lines = [
    '# HELP http_requests_total Requests answered, by operation and status',
    '# TYPE http_requests_total counter',
  ];
  for (const [operation, { answers }] of tallies) {
    for (const [status, count] of answers) {
      lines.push(`http_requests_total{operation="${operation}",status="${status}"} ${count}`);
    }
  }
  lines.push(
    '# HELP http_request_duration_seconds Time from arrival to answer',
    '# TYPE http_request_duration_seconds histogram',
  );
  for (const [operation, tally] of tallies) lines.push(...durationLines(operation, tally));
  return `${lines.join('\n')}\n`;
}

function durationLines(operation: string, { buckets, sumMs }: Tally): string[] {
  const name = 'http_request_duration_seconds';
  let count = 0;
  const cumulative = buckets.map((inBucket, index) => {
    count += inBucket;
    return `${name}_bucket{le="${BUCKETS_S[index] ?? '+Inf'}",operation="${operation}"} ${count}`;
  });
  return [
    ...cumulative,
    `${name}_sum{operation="${operation}"} ${sumMs / 1000}`,
    `${name}_count{operation="${operation}"} ${count}`,
  ];
}
