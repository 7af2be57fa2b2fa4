// chassis/consuming.ts: hands the records of a queue to the app that takes the same thing over REST.
// Called by the handler.ts of a Lambda function, and by queue-consumer.ts in a service.
import type { Operation } from '@lab/shared/contract/operation.ts';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';

export type QueueHandler = (event: {
  Records: readonly Pick<SQSRecord, 'messageId' | 'body'>[];
}) => Promise<SQSBatchResponse>;

/**
 * Each record is validated, counted and met by faults as over REST. Only records that are refused
 * come again.
 * @param together all records at once, for who enters them as a batch; else one after the other
 */
export async function consuming(
  app: FastifyInstance,
  operation: Operation,
  together = false,
): Promise<QueueHandler> {
  const { method, path: url } = operation;
  const headers = { 'content-type': 'application/json' };
  await app.ready();
  return async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    const taking: Promise<void>[] = [];
    const take = async ({ messageId, body }: (typeof Records)[number]) => {
      const { statusCode } = await app.inject({ method, url, headers, payload: body });
      if (statusCode >= 300) batchItemFailures.push({ itemIdentifier: messageId });
    };
    for (const record of Records) {
      taking.push(take(record));
      if (!together) await taking.at(-1);
    }
    await Promise.all(taking);
    return { batchItemFailures };
  };
}
