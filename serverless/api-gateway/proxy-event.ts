// api-gateway/proxy-event.ts: a request as the event that a function gets, payload version 1.0.
// Called by answer-call.ts. "Lambda proxy integrations in API Gateway": input format.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Stage } from './apis.ts';
import { isBinary } from './binary.ts';
import { type Call, type HeaderLists, headerOf, mediaTypeOf } from './call.ts';
import type { RequestContext } from './request-context.ts';
import type { Match } from './resource-tree.ts';

export function proxyEvent(
  call: Call,
  stage: Stage,
  { resource, pathParameters }: Match,
  context: RequestContext,
): APIGatewayProxyEvent {
  const headers = forwarded(call);
  const query = listsOf([...new URLSearchParams(call.query)]);
  const isBase64Encoded = call.bodyBytes > 0 && isBinary(stage.api, mediaTypeOf(call.headers));
  return {
    resource: resource.path,
    path: call.path,
    httpMethod: call.httpMethod,
    headers: lastOfEach(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(lastOfEach(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull({ ...pathParameters }),
    stageVariables: orNull({ ...stage.settings.variables }),
    requestContext: context,
    body: call.bodyBytes === 0 ? null : call.body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

/** They speak of the connection between client and gateway. */
const notForwarded = new Set(['connection', 'content-length', 'transfer-encoding']);

/** Differs: AWS says https and 443 here; functions would make wrong links of that. */
function forwarded(call: Call): Record<string, string[]> {
  const before = headerOf(call.headers, 'x-forwarded-for');
  const ours = {
    'X-Forwarded-For': before === undefined ? call.sourceIp : `${before}, ${call.sourceIp}`,
    'X-Forwarded-Port': String(call.port),
    'X-Forwarded-Proto': 'http',
    'X-Amzn-Trace-Id': call.traceId,
  };
  const replaced = new Set(Object.keys(ours).map((name) => name.toLowerCase()));
  return listsOf([
    ...entriesOf(call.headers).filter(
      ([name]) => !notForwarded.has(name.toLowerCase()) && !replaced.has(name.toLowerCase()),
    ),
    ...Object.entries(ours),
  ]);
}

function entriesOf(lists: HeaderLists): [string, string][] {
  return Object.entries(lists).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

function listsOf(entries: readonly (readonly [string, string])[]): Record<string, string[]> {
  // A query may well be called `__proto__`.
  const lists = new Map<string, string[]>();
  for (const [name, value] of entries) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

function lastOfEach(lists: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']),
  );
}

/** AWS writes null where there is nothing, not an empty object. */
function orNull<Values extends object>(values: Values): Values | null {
  return Object.keys(values).length === 0 ? null : values;
}
