// report/read-results.ts: results back from result.json, to report on them again or to compare them.
// Called by commands that take a folder of results; what it returns, every report can show.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { LabResult } from '../lab/result.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { StoredShape } from './result-shape.ts';
import type { StoredResults } from './stable-json.ts';

const holds = new Ajv({ allowUnionTypes: true, discriminator: true }).compile<StoredResults>(
  StoredShape,
);

/**
 * The results of a folder, one or several.
 * @throws CannotStart in one sentence: no file there, not JSON, of an older lab, or damaged where
 */
export async function readResults(folder: string): Promise<readonly LabResult[]> {
  const path = join(folder, 'result.json');
  const stored = parsed(await textOf(path), path);
  if (schemaVersionOf(stored) !== 2) {
    throw new CannotStart(`${path} is not of this lab's version 2; run the experiment anew.`);
  }
  if (!holds(stored)) {
    const [first] = holds.errors ?? [];
    const where = `${first?.instancePath || 'the whole'} ${first?.message}`;
    throw new CannotStart(`${path} is damaged: ${where}; run the experiment anew.`);
  }
  return stored.results;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new CannotStart(
      `${path} cannot be read (${code}); name a folder that a run has written.`,
    );
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CannotStart(`${path} is not JSON, or only half of it; run the experiment anew.`);
  }
}

function schemaVersionOf(stored: unknown): unknown {
  return typeof stored === 'object' && stored !== null && 'schemaVersion' in stored
    ? stored.schemaVersion
    : undefined;
}
