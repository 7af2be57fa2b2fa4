// commands/lab/past-runs.ts: how long each experiment took when it was last run here.
// Called by list.ts; reads result.json files and nothing else.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabResult } from '../../lab/result.ts';

export interface PastRun {
  readonly startedAt: string;
  readonly tookMs: number;
  /** Measured, discarded ones included. */
  readonly blocks: number;
}

/**
 * @param folder may be missing
 * @returns the newest whole run by the experiment's id; files of other makers are passed over
 */
export async function lastRuns(folder: string): Promise<Map<string, PastRun>> {
  const runs = new Map<string, PastRun>();
  const names = await readdir(folder).catch(() => []);
  const stored = await Promise.all(names.map((name) => resultsIn(join(folder, name))));
  for (const { startedAt, finishedAt, blocks, definition, partial } of stored.flat()) {
    if (partial || (runs.get(definition.id)?.startedAt ?? '') > startedAt) continue;
    const tookMs = Date.parse(finishedAt) - Date.parse(startedAt);
    runs.set(definition.id, { startedAt, tookMs, blocks: blocks.length });
  }
  return runs;
}

async function resultsIn(folder: string): Promise<readonly LabResult[]> {
  try {
    const stored = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'));
    const results: LabResult[] = stored.schemaVersion === 2 ? stored.results : [];
    return results.filter(({ definition }) => typeof definition.id === 'string');
  } catch {
    return [];
  }
}
