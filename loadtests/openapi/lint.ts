// openapi/lint.ts: is it OpenAPI, and does it say what a reader and a generator need?
// Called by `npm run openapi` and by the test of the published document; reads nothing from outside.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { type ApiDocument, type Row, rowsOf } from './document.ts';

/** Of Redocly's own; the rest of them is taste. */
const redoclyRules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'no-identical-paths': 'error',
  'no-path-trailing-slash': 'error',
  'no-enum-type-mismatch': 'error',
  'no-invalid-schema-examples': 'error',
  'path-declaration-must-exist': 'error',
  'path-parameters-defined': 'error',
  'operation-operationId': 'error',
  'operation-operationId-unique': 'error',
  'operation-operationId-url-safe': 'error',
  'operation-parameters-unique': 'error',
  'operation-summary': 'error',
} as const;

/** @returns a sentence a breach; [] for a document that keeps every rule */
export async function lintDocument(document: ApiDocument): Promise<string[]> {
  const config = await createConfig({ rules: redoclyRules });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  const theirs = problems.map(({ message, location, ruleId }) => {
    const where = location[0]?.pointer ?? '#/';
    return `${where}: ${message.split('\n')[0]} (${ruleId})`;
  });
  // What is no OpenAPI has no operations that could be looked at.
  return theirs.length > 0 ? theirs : rowsOf(document).flatMap(ownBreaches);
}

function ownBreaches(row: Row): string[] {
  const answers = Object.entries(row.answers);
  const refusals = answers.filter(([status]) => /^4|^default$/.test(status));
  const shapeless = refusals.filter(([, { content = {} }]) =>
    Object.values(content).every(({ schema }) => schema === undefined),
  );
  const breaches = [
    ...(row.tags.length > 0 ? [] : ['has no tag']),
    ...answers
      .filter(([, { description = '' }]) => description.trim() === '')
      .map(([status]) => `describes its answer ${status} with no word`),
    ...(refusals.length > 0 ? [] : ['does not say how it refuses: it has no 4xx and no default']),
    ...shapeless.map(([status]) => `has no schema for its refusal ${status}`),
  ];
  return breaches.map((what) => `${row.id} ${what}`);
}
