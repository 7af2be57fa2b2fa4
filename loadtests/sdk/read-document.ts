// sdk/read-document.ts: fetches or reads an OpenAPI document, and refuses one that gives no client.
// Called by `npm run sdk` before anything is made.
import { readFileSync } from 'node:fs';
import { type ApiDocument, type Row, resolved, rowsOf } from '../openapi/document.ts';
import { CannotStart } from '../targets/cannot-start.ts';

export interface Source {
  readonly document: ApiDocument;
  /** Where the operations are, without a slash at the end. */
  readonly baseUrl: string;
}

const LONGEST_MS = 10_000;
const documentName = '/openapi.json';

/**
 * @param from a file, the address of a document (`….json`), or an invoke URL: the document is below it
 * @param longestMs how long a server may take
 * @throws CannotStart in one sentence: nothing there, no OpenAPI, or operations that cannot be named
 */
export async function readDocument(from: string, longestMs = LONGEST_MS): Promise<Source> {
  const url = /^https?:\/\//.test(from) ? documentUrl(from) : undefined;
  const text = url === undefined ? readText(from) : await fetchText(url, longestMs);
  const document = parsed(from, text);
  const rows = rowsIn(from, document);
  refuseNameless(from, rows);
  return { document, baseUrl: baseUrlOf(from, document, url) };
}

function documentUrl(from: string): string {
  if (!URL.canParse(from)) throw new CannotStart(`${from} is no address.`);
  const { origin, pathname } = new URL(from);
  const path = pathname.endsWith('.json') ? pathname : pathname.replace(/\/$/, '') + documentName;
  return origin + path;
}

async function fetchText(url: string, longestMs: number): Promise<string> {
  const signal = AbortSignal.timeout(longestMs);
  const failed = (sentence: string) => () => {
    const late = `${url} did not answer in ${longestMs / 1000} s.`;
    throw new CannotStart(signal.aborted ? late : sentence);
  };
  const nobody = `Nobody answers at ${url}: start a shop first, with npm start.`;
  const response = await fetch(url, { signal }).catch(failed(nobody));
  if (response.ok) return response.text().catch(failed(`The answer of ${url} was cut short.`));
  throw new CannotStart(`${url} answers ${response.status}: there is no document.`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new CannotStart(`${path} is a folder: name the document in it.`);
    if (code === 'ENOENT') throw new CannotStart(`There is no file ${path}.`);
    throw new CannotStart(`${path} cannot be read (${code}).`);
  }
}

function parsed(from: string, text: string): ApiDocument {
  const no = (why: string) => new CannotStart(`${from} is no OpenAPI document: ${why}.`);
  let document: ApiDocument;
  try {
    document = JSON.parse(text);
  } catch {
    throw no('it is not JSON');
  }
  if (!/^3\.[01]\./.test(String(document?.openapi))) throw no('it does not say "openapi": "3.1.0"');
  if (typeof document.paths !== 'object') throw no('it has no paths');
  if (![document.servers ?? []].flat().every((server) => typeof server?.url === 'string'))
    throw no('one of its servers has no url');
  const { title, version } = document.info ?? {};
  if (typeof title !== 'string' || typeof version !== 'string')
    throw no('its info lacks a title or a version');
  return document;
}

function rowsIn(from: string, document: ApiDocument): Row[] {
  try {
    // Nothing is fetched for what a document refers to.
    for (const $ref of referencesIn(document)) {
      if (!$ref.startsWith('#/')) throw new Error(`${$ref} is another document`);
      resolved(document, { $ref });
    }
    return rowsOf(document);
  } catch (error) {
    throw new CannotStart(`${from} cannot be used: ${(error as Error).message}.`);
  }
}

/** Whose content is data: what looks like a reference there is none. */
const data = new Set(['const', 'default', 'enum', 'example', 'examples']);

function* referencesIn(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return;
  for (const [name, inner] of Object.entries(part)) {
    if (name === '$ref' && typeof inner === 'string') yield inner;
    else if (!data.has(name)) yield* referencesIn(inner);
  }
}

/** A function is called what its operation is called. */
function refuseNameless(from: string, rows: readonly Row[]): void {
  const byName = new Map<string, string>();
  if (rows.length === 0) throw new CannotStart(`${from} has no operations.`);
  for (const { id, method, path } of rows) {
    const where = `${method.toUpperCase()} ${path}`;
    if (id === undefined) throw new CannotStart(`${where} in ${from} has no operationId.`);
    if (!/^[a-zA-Z]\w*$/.test(id))
      throw new CannotStart(`${where} in ${from} is called "${id}": no function can be.`);
    const other = byName.get(id);
    if (other !== undefined)
      throw new CannotStart(`${other} and ${where} in ${from} are both called "${id}".`);
    byName.set(id, where);
  }
}

/** The document's first server; a relative one counts from where the document was. */
function baseUrlOf(from: string, document: ApiDocument, documentUrl: string | undefined): string {
  const [server] = document.servers ?? [];
  const own = documentUrl?.replace(/\/[^/]*$/, '');
  const named = server?.url.replace(/\{(\w+)\}/g, (_, n) => server.variables?.[n]?.default ?? '');
  const base = named === undefined ? own : named;
  if (base !== undefined && URL.canParse(base, documentUrl))
    return new URL(base, documentUrl).href.replace(/\/$/, '');
  throw new CannotStart(`${from} does not say where it is served: give it "servers".`);
}
