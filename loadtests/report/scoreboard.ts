// report/scoreboard.ts: the totals of all shapes side by side, as rows of words.
// Used by every report: what is compared, and in which order, is decided here alone.
import type { ComparisonResult, ProcessResult, TargetResult } from '../experiments/result.ts';
import { outcomes } from '../load/outcome.ts';
import { bytes, count, decimal, milliseconds, NBSP, percent, seconds, times } from './figures.ts';

export interface ScoreRow {
  readonly label: string;
  /** One a shape, in the result's order. */
  readonly values: readonly string[];
  /** How many times the first shape's value each is; null where that says nothing. */
  readonly ratios: readonly (string | null)[];
}

export interface ScoreTable {
  readonly title: string;
  /** What is counted, and over which time. */
  readonly caption: string;
  readonly rows: readonly ScoreRow[];
}

export function scoreboard({ targets }: ComparisonResult): ScoreTable[] {
  return [requestTable(targets), costTable(targets), orderTable(targets), fairnessTable(targets)];
}

function requestTable(targets: readonly TargetResult[]): ScoreTable {
  const seen = outcomes.filter((outcome) =>
    targets.some(({ total }) => outcome === 'ok' || total.outcomes[outcome] > 0),
  );
  return {
    title: 'Requests',
    caption: 'The whole run, crashes included, warm-up left out.',
    rows: [
      row(targets, 'requests', ({ total }) => count(total.sent)),
      ...seen.map((outcome) =>
        row(targets, outcome, ({ total }) => {
          const hits = total.outcomes[outcome];
          return hits === 0 ? '0' : `${count(hits)} (${percent(hits / total.sent, 1)})`;
        }),
      ),
      row(targets, 'goodput, ok per second', (target) => decimal(goodputRps(target))),
    ],
  };
}

function costTable(targets: readonly TargetResult[]): ScoreTable {
  const sum = (key: 'zipBytes' | 'rssBytesIdle' | 'rssBytesUnderLoad') => (target: TargetResult) =>
    target.processes.reduce((total, process: ProcessResult) => total + process[key], 0);
  const latency = (key: 'latencyMsP50' | 'latencyMsP99') => (target: TargetResult) =>
    target.steady.total.latency?.[key] ?? 0;
  return {
    title: 'What it costs',
    caption: 'Latency and CPU while nothing was broken; all processes of a shape together.',
    rows: [
      ratioRow(targets, 'latency p50', latency('latencyMsP50'), orNone(milliseconds)),
      ratioRow(targets, 'latency p99', latency('latencyMsP99'), orNone(milliseconds)),
      ratioRow(
        targets,
        'CPU per request',
        (target) => target.steady.cpuUsPerRequest,
        (us) => `${count(us)}${NBSP}µs`,
      ),
      ratioRow(targets, 'processes', (target) => target.processes.length, count),
      ratioRow(targets, 'RAM idle', sum('rssBytesIdle'), bytes),
      ratioRow(targets, 'RAM under load', sum('rssBytesUnderLoad'), bytes),
      ratioRow(targets, 'zips to deploy', sum('zipBytes'), bytes),
      ratioRow(targets, 'start, all of it', (target) => target.startMs, seconds),
    ],
  };
}

function orderTable(targets: readonly TargetResult[]): ScoreTable {
  return {
    title: 'Orders',
    caption: 'What the databases say once everything has settled.',
    rows: [
      row(targets, 'acknowledged to a customer', ({ orders }) => count(orders.acknowledged)),
      row(targets, 'of these, lost', ({ orders }) => count(orders.lost)),
      row(targets, 'half done', ({ orders }) => count(orders.halfDone)),
    ],
  };
}

function fairnessTable(targets: readonly TargetResult[]): ScoreTable {
  return {
    title: 'The load generator',
    caption: 'Whether the measurement itself kept up.',
    rows: [
      row(targets, 'requests sent per second', ({ load }) => decimal(load.achievedRps)),
      row(targets, 'lateness p99', ({ load }) => milliseconds(load.lagMsP99)),
      row(targets, 'its own CPU', ({ load }) => seconds(load.cpuMs)),
    ],
  };
}

/** Ok answers a second, from the end of the warm-up to the end of the last crash's window. */
export function goodputRps({ total, steady, crashes }: TargetResult): number {
  const toMs = Math.max(steady.toMs, ...crashes.map(({ windowEndMs }) => windowEndMs));
  return (total.outcomes.ok * 1000) / Math.max(1, toMs - steady.fromMs);
}

function row(
  targets: readonly TargetResult[],
  label: string,
  word: (target: TargetResult) => string,
): ScoreRow {
  return { label, values: targets.map(word), ratios: targets.map(() => null) };
}

function ratioRow(
  targets: readonly TargetResult[],
  label: string,
  measure: (target: TargetResult) => number,
  word: (value: number) => string,
): ScoreRow {
  const values = targets.map(measure);
  const first = values[0] ?? 0;
  const ratios = values.map((value, index) => (index === 0 ? null : times(first, value)));
  return { label, values: values.map(word), ratios };
}

/** A latency of 0 stands for no sample at all. */
function orNone(word: (value: number) => string): (value: number) => string {
  return (value) => (value === 0 ? 'none' : word(value));
}
