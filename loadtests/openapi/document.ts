// openapi/document.ts: the parts of an OpenAPI document that are read here, with its references followed.
// Pure; used by the lint, by the comparison with what was released, and by the SDK's generator.

/** A JSON Schema; `true` and `{}` take everything. */
export type Schema = boolean | Keywords;
export type Keywords = Readonly<Record<string, unknown>>;

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly Server[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, Keywords>> };
  readonly security?: readonly Security[];
}
export interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string }>>;
}
/** Scheme names that are wanted together; an empty one wants nothing. */
export type Security = Readonly<Record<string, readonly string[]>>;
export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Parameter extends Keywords {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema;
}
export interface Body {
  readonly required?: boolean;
  readonly content: Content;
}
export interface Answer {
  readonly description?: string;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** One operation, wherever its parts are written; `method` in small letters. */
export interface Row {
  readonly method: string;
  readonly path: string;
  readonly id: string | undefined;
  readonly summary: string | undefined;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Each entry alone is enough; none: everybody may call. */
  readonly security: readonly Security[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** In the order they are written. */
export function rowsOf(document: ApiDocument): Row[] {
  return Object.entries(document.paths).flatMap(([path, pathItem]) => {
    const item = resolved(document, pathItem);
    return Object.keys(item)
      .filter((key) => methods.includes(key))
      .map((method) => rowOf(document, path, method, item));
  });
}

function rowOf(document: ApiDocument, path: string, method: string, item: Keywords): Row {
  const operation = item[method] as Keywords;
  const answers = Object.entries((operation.responses ?? {}) as Record<string, Answer>);
  const body = operation.requestBody as Body | undefined;
  return {
    method,
    path,
    id: operation.operationId as string | undefined,
    summary: operation.summary as string | undefined,
    tags: (operation.tags ?? []) as string[],
    parameters: parametersOf(document, item, operation),
    body: body && resolved(document, body),
    answers: Object.fromEntries(answers.map(([status, one]) => [status, resolved(document, one)])),
    security: (operation.security ?? document.security ?? []) as Security[],
  };
}

/** Those of the path, unless the operation has one of the same name and place. */
function parametersOf(document: ApiDocument, item: Keywords, operation: Keywords): Parameter[] {
  const listed = [item, operation].flatMap(({ parameters = [] }) => parameters as Parameter[]);
  const plain = listed.map((one) => resolved(document, one));
  return [...new Map(plain.map((one) => [`${one.in} ${one.name}`, one])).values()];
}

const MOST_HOPS = 50;

/**
 * What a `$ref` stands for, with what is written beside it; any other part as it is.
 * @throws Error for a reference out of the document, to nothing, or to itself
 */
export function resolved<Part extends object>(document: ApiDocument, part: Part): Part {
  let found = part as Keywords;
  for (let hops = 0; typeof found.$ref === 'string'; hops += 1) {
    const { $ref, ...beside } = found;
    const target = hops < MOST_HOPS ? targetOf(document, $ref as string) : undefined;
    if (target === undefined) throw new Error(`${$ref} leads nowhere`);
    found = { ...target, ...beside };
  }
  return found as Part;
}

function targetOf(document: ApiDocument, reference: string): Keywords | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/').map(decodeURIComponent);
  const names = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = document;
  for (const name of names) {
    if (!Object.hasOwn(Object(at), name)) return undefined;
    at = (at as Keywords)[name];
  }
  return typeof at === 'object' && at !== null ? (at as Keywords) : undefined;
}
