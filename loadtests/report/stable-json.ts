// report/stable-json.ts: results as the one text of result.json, and results as that text tells them.
// Used by result-files.ts, the page and its twin: what the file does not hold, no report can show.
import type { LabResult } from '../lab/result.ts';

/** What result.json holds, for one run and for a comparison alike. */
export interface StoredResults {
  readonly schemaVersion: 2;
  readonly results: readonly LabResult[];
}

/** Two results with the same content are the same bytes, in whatever order they were put together. */
export function resultJson(results: readonly LabResult[]): string {
  return `${JSON.stringify({ schemaVersion: 2, results }, stored, 2)}\n`;
}

/** As they come back from the file: keys in order, details gone, an infinity turned into null. */
export function storedResults(results: readonly LabResult[]): StoredResults {
  return JSON.parse(resultJson(results)) as StoredResults;
}

/** What a reader looks for first; the other keys follow by name, at every depth. */
const firstKeys = ['schemaVersion', 'runId', 'id', 'code', 'title', 'sentence', 'valid'];
/** Long: they stand at the end. */
const lastKeys = ['blocks', 'figures', 'panels'];

function stored(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'detail');
  return Object.fromEntries(entries.sort(([one], [other]) => compare(one, other)));
}

function compare(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function rank(key: string): number {
  const first = firstKeys.indexOf(key);
  if (first >= 0) return first;
  return lastKeys.includes(key) ? 1000 + lastKeys.indexOf(key) : 100;
}
