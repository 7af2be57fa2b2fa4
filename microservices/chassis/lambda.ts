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
    return { ...answered, headers: { ...answered.headers, ...cors?.headers(headers.origin) } };
  };
}

/** API Gateway has told the browser that any page may ask: the key keeps strangers out. */
const cors = createCors(['*']);

/** API Gateway passes names as the caller wrote them; the adapter looks for `x-request-id` only. */
function lowered(headers: APIGatewayProxyEvent['headers'] | null): Record<string, string> {
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(entries);
}
