// report/write-reports.ts: the three files of a run: for programs, for pull requests, for people.
// Called by the compare command; everything else in this folder is without side effects.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComparisonResult } from '../experiments/result.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

/**
 * Creates or replaces result.json, report.md and report.html; the page links what else is there.
 * @param folder exists
 * @returns the paths, the page first; @throws what the disk threw
 */
export async function writeReports(folder: string, result: ComparisonResult): Promise<string[]> {
  const own = ['report.html', 'report.md', 'result.json'];
  const others = (await readdir(folder)).filter((name) => !own.includes(name)).sort();
  const texts: Readonly<Record<string, string>> = {
    'report.html': htmlReport(result, ['result.json', 'report.md', ...others]),
    'report.md': markdownReport(result),
    'result.json': stableJson(result),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return Object.keys(texts).map((name) => join(folder, name));
}

/** What a reader looks for first; the other keys follow by name, at every depth. */
const firstKeys = ['schemaVersion', 'experiment', 'question', 'sentence', 'valid', 'findings'];

/** Two results with the same content are the same bytes, in whatever order they were put together. */
export function stableJson(result: ComparisonResult): string {
  return `${JSON.stringify(result, inOrder, 2)}\n`;
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => compare(one, other)));
}

function compare(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function rank(key: string): number {
  const index = firstKeys.indexOf(key);
  return index === -1 ? firstKeys.length : index;
}
