// runtime/metrics.ts: what a process counts, as Prometheus text.
// The chassis reports each request; /metrics prints the registry.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** @param latencyMs from arrival to the answer handed to the socket */
  observe(operation: string, status: number, latencyMs: number): void;
  text(): Promise<string>;
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by operation and status',
    labelNames: ['operation', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from arrival to answer',
    labelNames: ['operation'],
    buckets: BUCKETS_S,
    registers,
  });
  // Looking a labelled child up by its labels hashes them each time; once per pair is enough.
  const counters = remembered((key: string) => {
    const [operation = '', status = ''] = key.split(' ');
    return requests.labels({ operation, status });
  });
  const timers = remembered((operation: string) => seconds.labels({ operation }));
  return {
    observe(operation, status, latencyMs) {
      counters(`${operation} ${status}`).inc();
      timers(operation).observe(latencyMs / 1000);
    },
    text: () => registry.metrics(),
  };
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
