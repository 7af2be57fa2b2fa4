// sdk/facts.ts: what a client has to know of a document: where it is, the header of the key, the operations.
// Called by generate.ts, and for the storefront, which needs no types.
import { type ApiDocument, rowsOf } from '../openapi/document.ts';
import type { Facts } from './client.ts';
import type { Source } from './read-document.ts';

export function factsOf({ document, baseUrl }: Source): Facts {
  const keyHeader = keyHeaderOf(document);
  const operations = Object.fromEntries(
    rowsOf(document).map(({ id, method, path }) => [id, [method, path] as const]),
  );
  return { baseUrl, ...(keyHeader !== undefined && { keyHeader }), operations };
}

/** The header of the first API key that travels in one. */
function keyHeaderOf({ components }: ApiDocument): string | undefined {
  const schemes = Object.values(components?.securitySchemes ?? {});
  const key = schemes.find((scheme) => scheme?.type === 'apiKey' && scheme.in === 'header');
  return key?.name as string | undefined;
}
