// chassis/lambda.ts: a Fastify app as a Lambda function: behind API Gateway, or at the end of a queue.
// Called by each handler.ts and consumer.ts; what listen.ts is to a server.ts.
import { awsLambdaFastify } from '@fastify/aws-lambda';
import type { Operation } from '@lab/shared/contract/operation.ts';
import { createCors } from '@lab/shared/runtime/cors.ts';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import type { FastifyInstance } from 'fastify';

export type RequestHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;
export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

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

/**
 * Hands each record to the operation that takes the same thing over REST, so that it is validated,
 * counted and met by faults as there. Only records that are refused come again.
 */
export async function consuming(app: FastifyInstance, operation: Operation): Promise<QueueHandler> {
  const { method, path: url } = operation;
  const headers = { 'content-type': 'application/json' };
  await app.ready();
  return async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of Records) {
      const { statusCode } = await app.inject({ method, url, headers, payload: body });
      if (statusCode >= 300) batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  };
}
