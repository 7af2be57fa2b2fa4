// api-gateway/mapping.ts: the expressions that a document may use for headers and bodies.
// Called by gateway-response.ts and mock.ts. Simulated: variables are filled in; VTL is not run.
import { type Call, headerOf, isHeader } from './call.ts';

/** What an expression may look at. */
export interface MappingSource {
  readonly call: Call;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `$context`, with `error` where there is one. */
  readonly context: object;
}

const form =
  /^(method\.request\.(?:header|querystring|path)|context|stageVariables)\.(.+)$|^'(.*)'$/s;

/** @returns undefined for what is not there: the header is left out then */
export function mappedValue(expression: string, source: MappingSource): string | undefined {
  const [, place, name = '', literal] = form.exec(expression) ?? [];
  switch (place) {
    case 'method.request.header':
      return headerOf(source.call.headers, name);
    case 'method.request.querystring':
      return new URLSearchParams(source.call.query).get(name) ?? undefined;
    case 'method.request.path':
      return source.pathParameters[name];
    case 'context':
      return textAt(source.context, name);
    case 'stageVariables':
      return source.stageVariables[name];
    default:
      return literal;
  }
}

/** Replaces `$context.…` and `$stageVariables.…`; what is not there becomes nothing. */
export function fillTemplate(template: string, source: MappingSource): string {
  return template.replace(
    /\$(context|stageVariables)((?:\.\w+)+)/g,
    (_, place: string, path: string) => mappedValue(`${place}${path}`, source) ?? '',
  );
}

/** Of headers named `<prefix><name>`: names in lower case, without what HTTP does not allow. */
export function mappedHeaders(
  parameters: Readonly<Record<string, string>> | undefined,
  prefix: string,
  source: MappingSource,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).flatMap(([key, expression]) => {
      const value = mappedValue(expression, source);
      const name = key.slice(prefix.length).toLowerCase();
      const isSent = key.startsWith(prefix) && value !== undefined && isHeader(name, value);
      return isSent ? [[name, value]] : [];
    }),
  );
}

/** @returns the media type and the text of one of them; JSON comes first */
export function templateOf(
  templates: Readonly<Record<string, string>> | undefined,
  fallback: string,
): readonly [mediaType: string, template: string] {
  const json = templates?.['application/json'];
  const [first] = Object.entries(templates ?? {});
  if (json === undefined && first !== undefined) return first;
  return ['application/json', json ?? fallback];
}

function textAt(context: object, path: string): string | undefined {
  let value: unknown = context;
  for (const name of path.split('.'))
    value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value === null || value === undefined ? undefined : String(value);
}
