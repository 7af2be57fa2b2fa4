// openapi/examine.ts: the three questions to the contract as it is published; [] is the answer of each.
// Called by `npm run openapi`, and by shared/test/openapi.test.ts, which `npm run check` runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../targets/lab-folders.ts';
import { breakingChanges } from './breaking.ts';
import {
  asText,
  committedPath,
  contractDocument,
  readCommitted,
  releasedPath,
} from './contract-document.ts';
import type { ApiDocument } from './document.ts';
import { lintDocument } from './lint.ts';

/** Does the document keep the rules? */
export function lintBreaches(): Promise<string[]> {
  return lintDocument(contractDocument());
}

/** Is the file what the contract says? */
export function drift(text = readFileSync(join(repoRoot, committedPath), 'utf8')): string[] {
  if (text === asText(contractDocument())) return [];
  return [`${committedPath} is not what the contract says: \`npm run openapi -- --write\`.`];
}

/** Does what was released still work? */
export function breaksSinceRelease(): string[] {
  return breakingChanges(readCommitted(releasedPath), contractDocument());
}

/**
 * What must not become a release: whoever breaks programs says so in the version's first number.
 * @returns the first break, undefined when there is none or the number has grown
 */
export function quietBreak(released: ApiDocument, next: ApiDocument): string | undefined {
  const [was, is] = [released, next].map(({ info }) => Number.parseInt(info.version, 10));
  return Number(is) > Number(was) ? undefined : breakingChanges(released, next)[0];
}
