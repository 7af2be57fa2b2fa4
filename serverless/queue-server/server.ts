// queue-server/server.ts: the SQS of this folder as a process, with the queues that a shop wants.
// The entry of the zip `queue`: what microservices get that are coupled by queue.
import { runProcess } from '@lab/shared/runtime/lifecycle.ts';
import { type SqsServer, startSqs } from '../sqs/server.ts';
import { readConfig } from './config.ts';

/** After so many failures a message is put aside, as in the template for AWS. */
const MOST_RECEIVES = '5';
/** 14 days, the longest: somebody has to look at it. */
const DEAD_RETENTION_S = '1209600';

await runProcess(async () => {
  const { HOST, PORT, QUEUES, JOURNAL_FILE, VISIBILITY_TIMEOUT_S } = readConfig();
  const journal = JOURNAL_FILE === '' ? {} : { journalFile: JOURNAL_FILE };
  const sqs = await startSqs({ host: HOST, port: PORT, ...journal });
  for (const name of QUEUES) await makeQueue(sqs, name, String(VISIBILITY_TIMEOUT_S));
  return sqs;
});

/** Attributes apart: one that is there from an earlier start may have had others. */
async function makeQueue(sqs: SqsServer, name: string, VisibilityTimeout: string): Promise<void> {
  const dead = await sqs.call('CreateQueue', { QueueName: `${name}-dead` });
  await sqs.call('SetQueueAttributes', {
    ...dead,
    Attributes: { MessageRetentionPeriod: DEAD_RETENTION_S },
  });
  const deadLetterTargetArn = sqs.queues().find((queue) => queue.name === `${name}-dead`)?.arn;
  const queue = await sqs.call('CreateQueue', { QueueName: name });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: MOST_RECEIVES });
  await sqs.call('SetQueueAttributes', {
    ...queue,
    Attributes: { VisibilityTimeout, RedrivePolicy },
  });
}
