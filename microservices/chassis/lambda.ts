// chassis/lambda.ts: a Fastify app as a Lambda function behind API Gateway.
// Called by each handler.ts; what listen.ts is to a server.ts.
import { awsLambdaFastify } from '@fastify/aws-lambda';
import { createCors } from '@lab/shared/runtime/cors.ts';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';

export type RequestHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** Answers the events of a REST API (proxy integration). Resolves when the app is ready: in the init. */
export async function answering(app: FastifyInstance): Promise<RequestHandler> {
  const answer = awsLambdaFastify<APIGatewayProxyEvent, object, APIGatewayProxyResult>(app, {
    decorateRequest: false,
  });
  await app.ready();
  return async (event, context) => {
    const headers = lowered(event.headers);
    const answered = await answer({ ...event, headers }, context);
    return {
      ...answered,
      headers: { ...located(answered.headers, event), ...cors?.headers(headers.origin) },
    };
  };
}

/** `path` is that within the API; what the caller sent has the stage before it. */
export function stagePathOf({ path, requestContext }: APIGatewayProxyEvent): string {
  const { path: sent } = requestContext;
  return sent.endsWith(path) ? sent.slice(0, sent.length - path.length) : sent;
}

/** The app does not know of the stage: where it sends the caller to lies within the API. */
function located(headers: APIGatewayProxyResult['headers'], event: APIGatewayProxyEvent) {
  const location = headers?.location;
  return location === undefined
    ? headers
    : { ...headers, location: `${stagePathOf(event)}${location}` };
}

/** API Gateway has told the browser that any page may ask: the key keeps strangers out. */
const cors = createCors(['*']);

/** API Gateway passes names as the caller wrote them; the adapter looks for `x-request-id` only. */
function lowered(headers: APIGatewayProxyEvent['headers'] | null): Record<string, string> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(entries);
}
