// runtime/proxy-event.ts: a request as API Gateway hands it to a function (REST API, proxy integration).
// Called by lambda-dispatcher.ts, so that a function needs not know who calls it.
import type { Dispatcher } from 'undici';

/** What a function answers with. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** With the fields of the format 1.0 that say something of the request; the rest is API Gateway's own. */
export function proxyEvent({ method, path, headers, body }: Dispatcher.DispatchOptions) {
  const [pathname = '/', text] = path.split('?', 2);
  const query = text === undefined ? undefined : new URLSearchParams(text);
  return {
    resource: '/{proxy+}',
    path: pathname,
    httpMethod: method,
    headers: headers ?? {},
    queryStringParameters: query ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query ? allValues(query) : null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { httpMethod: method, path: pathname },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

function allValues(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
}
