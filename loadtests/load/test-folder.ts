// load/test-folder.ts: a folder of its own for a test, gone when the test has ended.
// Called inside tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
