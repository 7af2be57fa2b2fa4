// report/result-files.ts: the three files of a run: for programs, for pull requests, for people.
// Called by the commands that measure; everything else the page needs is without side effects.
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabResult } from '../lab/result.ts';
import { markdownOf } from './markdown-twin.ts';
import { pageOf } from './page/page.ts';
import { resultJson } from './stable-json.ts';

export interface WrittenFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Where the rows of a run are. */
const ROWS = 'rows';

const names = ['report.html', 'report.md', 'result.json'] as const;

/**
 * Creates or replaces report.html, report.md and result.json, for one run or for a comparison; the
 * page links what else is there.
 * @param folder exists
 * @returns in that order; @throws what the disk threw
 */
export async function writeReports(
  folder: string,
  results: readonly LabResult[],
): Promise<readonly WrittenFile[]> {
  const others = (await readdir(folder)).filter((name) => name === ROWS);
  const texts: Readonly<Record<(typeof names)[number], string>> = {
    'report.html': pageOf(results, ['result.json', 'report.md', ...others]),
    'report.md': markdownOf(results),
    'result.json': resultJson(results),
  };
  const written: WrittenFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    // Renamed into place: the rest can be made again from the result, the result from nothing.
    await writeFile(`${path}.draft`, texts[name]);
    await rename(`${path}.draft`, path);
    written.push({ path, sizeBytes: Buffer.byteLength(texts[name]) });
  }
  return written;
}
