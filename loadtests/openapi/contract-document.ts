// openapi/contract-document.ts: the contract as the document that is published, and its two files.
// Used by `npm run openapi` and by the test that holds the three to each other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '@lab/shared/contract/openapi.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { ApiDocument } from './document.ts';

/** What the contract says now, for whoever reads it without running anything. */
export const committedPath = 'docs/openapi.json';
/** What the last release promised; only `npm run openapi -- --release` writes it. */
export const releasedPath = 'docs/openapi.released.json';

/** As others get it, after JSON. */
export function contractDocument(): ApiDocument {
  const about = {
    component: 'one API, whichever shape answers',
    title: 'Browse, order, pay and look into the books.',
    baseUrl: 'http://127.0.0.1:3000',
    operations: publicOperations,
  };
  return JSON.parse(JSON.stringify(openApiDocument(about)));
}

/** @throws CannotStart where the file is missing: that is no document without promises */
export function readCommitted(path: string): ApiDocument {
  try {
    return JSON.parse(readFileSync(join(repoRoot, path), 'utf8'));
  } catch (error) {
    throw new CannotStart(`${path} cannot be read (${(error as Error).message}): restore it.`);
  }
}

export function asText(document: ApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
