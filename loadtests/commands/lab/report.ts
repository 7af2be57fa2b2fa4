// commands/lab/report.ts: `npm run lab -- report <folder>`: the reports of a stored run, made again.
// Called by lab.ts.
import { readResults } from '../../report/read-results.ts';
import { writeReports } from '../../report/result-files.ts';
import { remake } from './remake.ts';

/** @returns 0 @throws CannotStart for a folder without results */
export function main(argv: readonly string[]): Promise<number> {
  return remake(argv, { readResults, writeReports });
}
