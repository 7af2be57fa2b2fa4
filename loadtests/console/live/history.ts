// live/history.ts: what was lost since the last reset, and what each thing that was done has cost.
// Fed by live-server.ts with rows, and by whoever breaks, deploys or switches something.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { isUseful } from '../../load/tally.ts';
import { type Cost, costOf, sentenceOf, type TimedRow } from './happening.ts';
import type { Happening, Marker, Score } from './live-state.ts';

/** Until then a row may still come: the generator's deadline, and its disk. */
const SETTLED_MS = 3500;
const KEPT_MS = 180_000;
const KEPT_DEEDS = 20;
const SHOWN_DEEDS = 5;

export interface Deed {
  readonly title: string;
  readonly kind: Marker['kind'];
  /** Is on no timeline and in no sentence: a drill. */
  readonly secret?: boolean;
}

export interface History {
  add(shape: string, rows: readonly TimedRow[]): void;
  scoreOf(shape: string): Score;
  reset(): void;
  /** @returns its number */
  begin(deed: Deed): number;
  /** From now on, or from `fromMs` on, it is done to a shape. */
  strike(id: number, shape: string, fromMs?: number): void;
  /** It is undone in a shape. */
  end(id: number, shape: string): void;
  markers(): Marker[];
  happenings(): Happening[];
}

interface Span {
  readonly fromMs: number;
  toMs: number | null;
  /** Once every row has come: what is lost later has another cause. */
  final?: Cost;
}

interface Doing extends Deed {
  readonly id: number;
  readonly spans: Map<string, Span>;
}

interface Counted {
  sent: number;
  lost: number;
  readonly byFeature: Map<Feature, number>;
  rows: TimedRow[];
}

/** @param now epoch ms; a test has its own clock */
export function createHistory(shapes: readonly string[], now: () => number = Date.now): History {
  const counted = new Map(shapes.map((shape) => [shape, nothing()]));
  let doings: Doing[] = [];
  let lastId = 0;

  function costIn(shape: string, span: Span): Cost {
    if (span.final !== undefined) return span.final;
    const { fromMs, toMs } = span;
    const rows = counted.get(shape)?.rows ?? [];
    const cost = costOf(rows.filter(({ atMs }) => atMs >= fromMs && atMs < (toMs ?? Infinity)));
    if (isSettled(span, now())) span.final = cost;
    return cost;
  }

  return {
    add(shape, rows) {
      const own = counted.get(shape);
      if (own !== undefined) count(own, rows, now() - KEPT_MS);
    },
    scoreOf(shape) {
      const { sent, lost, byFeature } = counted.get(shape) ?? nothing();
      const last = doings.findLast(({ spans }) => spans.has(shape))?.spans.get(shape);
      const touched = features.filter((feature) => (byFeature.get(feature) ?? 0) > 0);
      return { sent, lost, touched, outageMs: last ? costIn(shape, last).outageMs : null };
    },
    reset() {
      for (const shape of shapes) counted.set(shape, nothing());
      doings = doings.filter(({ spans }) => [...spans.values()].some(({ toMs }) => toMs === null));
    },
    begin(deed) {
      lastId += 1;
      doings = [...doings.slice(-KEPT_DEEDS), { ...deed, id: lastId, spans: new Map() }];
      return lastId;
    },
    strike(id, shape, fromMs = now()) {
      doings.find((one) => one.id === id)?.spans.set(shape, { fromMs, toMs: null });
    },
    end(id, shape) {
      const span = doings.find((one) => one.id === id)?.spans.get(shape);
      if (span?.toMs === null) span.toMs = now();
    },
    markers: () => doings.filter(isTold).flatMap((doing) => markersOf(doing, now() - KEPT_MS)),
    happenings: () =>
      doings
        .filter((doing) => isTold(doing) && doing.spans.size > 0)
        .slice(-SHOWN_DEEDS)
        .map((doing) => happeningOf(doing, now(), costIn)),
  };
}

const isTold = ({ secret }: Doing) => secret !== true;
const isSettled = ({ toMs }: Span, nowMs: number) => toMs !== null && nowMs > toMs + SETTLED_MS;

function markersOf({ id, kind, title, spans }: Doing, sinceMs: number): Marker[] {
  return [...spans]
    .filter(([, { toMs }]) => toMs === null || toMs > sinceMs)
    .map(([shape, { fromMs, toMs }]) => ({ id, shape, kind, words: title, fromMs, toMs }));
}

function happeningOf(
  { id, title, spans }: Doing,
  nowMs: number,
  costIn: (shape: string, span: Span) => Cost,
): Happening {
  const all = [...spans];
  const over = all.every(([, span]) => isSettled(span, nowMs));
  const sentences = all.map(([shape, span]) =>
    sentenceOf(shape, costIn(shape, span), isSettled(span, nowMs)),
  );
  return { id, atMs: Math.min(...all.map(([, { fromMs }]) => fromMs)), title, sentences, over };
}

function count(own: Counted, rows: readonly TimedRow[], keepFromMs: number): void {
  for (const { row } of rows) {
    own.sent += 1;
    if (isUseful(row.outcome)) continue;
    own.lost += 1;
    own.byFeature.set(row.feature, (own.byFeature.get(row.feature) ?? 0) + 1);
  }
  own.rows = [...own.rows, ...rows].filter(({ atMs }) => atMs > keepFromMs);
}

const nothing = (): Counted => ({ sent: 0, lost: 0, byFeature: new Map(), rows: [] });
