// sdk/declarations.ts: the types of an SDK: the schemas, how a call looks, and one line an operation.
// Called by generate.ts; schema.d.ts is openapi-typescript's work.
import { readFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';
import type { ApiDocument, Row } from '../openapi/document.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { globalName } from './bundle-client.ts';

/** @throws CannotStart with the first thing in the document that is not as OpenAPI has it */
export async function schemaDeclarations(document: ApiDocument): Promise<string> {
  try {
    // A field with a default may be left out of what is sent.
    const tree = await openapiTypescript(document as never, {
      defaultNonNullable: false,
      silent: true,
    });
    return `// Made by openapi-typescript.\n${astToString(tree)}`;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('\n');
    throw new CannotStart(`That is no OpenAPI document: ${sentence}`);
  }
}

/** calls.ts as it is: it holds types only. */
export function callDeclarations(): string {
  return readFileSync(new URL('./calls.ts', import.meta.url), 'utf8');
}

export function clientDeclarations(rows: readonly Row[], notice: string): string {
  return `// ${notice}
import type { Call, Options } from './calls.js';
import type { operations } from './schema.js';

export type { Answer, Call, Data, Input, Options, Refusal } from './calls.js';
export type { components, operations, paths } from './schema.js';
export as namespace ${globalName};

export interface Client {
${rows.map(memberOf).join('\n')}
}

export function createClient(options?: Options): Client;
`;
}

function memberOf({ id, method, path, summary = '', parameters }: Row): string {
  const more = parameters.some(isIdempotencyKey) ? ', { idempotencyKey?: string }' : '';
  const about = `${summary} (${method.toUpperCase()} ${path})`.replaceAll('*/', '* /').trim();
  return `  /** ${about.replaceAll(/\s+/g, ' ')} */
  ${id}: Call<operations['${id}']${more}>;`;
}

/** As a header; the client sends it from the option of the same name. */
function isIdempotencyKey({ in: where, name }: Row['parameters'][number]): boolean {
  return where === 'header' && name.toLowerCase() === 'idempotency-key';
}
