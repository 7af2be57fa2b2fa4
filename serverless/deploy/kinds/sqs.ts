// deploy/kinds/sqs.ts: AWS::SQS::Queue, made by the same call that an SDK would send.
// In the table of kinds.ts.
import type { LocalCloud } from '../cloud.ts';
import { type Kinds, optionalText, type Resource } from '../resource.ts';
import { isMap } from '../template.ts';

/** The API calls them by the same names. */
const attributes = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

export const sqsKinds: Kinds = {
  'AWS::SQS::Queue': {
    takes: [...attributes, 'QueueName', 'Tags'],
    async make(resource, { cloud: { sqs } }) {
      const name = optionalText(resource, 'QueueName') ?? resource.defaultName;
      const Attributes = attributesOf(resource);
      // One that the journal kept, messages and all, is not what this deployment has made.
      const kept = await keptQueue(sqs, name);
      if (kept !== undefined) await sqs.call('SetQueueAttributes', { ...kept, Attributes });
      const { QueueUrl } =
        kept ?? ((await sqs.call('CreateQueue', { QueueName: name, Attributes })) as Located);
      const asked = { QueueUrl, AttributeNames: ['QueueArn'] };
      const known = (await sqs.call('GetQueueAttributes', asked)) as {
        Attributes: { QueueArn: string };
      };
      return {
        ref: QueueUrl,
        attributes: { Arn: known.Attributes.QueueArn, QueueName: name, QueueUrl },
        ...(kept === undefined && { remove: () => sqs.call('DeleteQueue', { QueueUrl }) }),
      };
    },
  },
};

interface Located {
  readonly QueueUrl: string;
}

const keptQueue = (sqs: LocalCloud['sqs'], name: string): Promise<Located | undefined> =>
  sqs.call('GetQueueUrl', { QueueName: name }).then(
    (answer) => answer as Located,
    () => undefined,
  );

/** Texts, as the API wants them. */
function attributesOf({ properties }: Resource): Record<string, string> {
  const given = attributes.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => {
      const value = properties[name];
      return [name, isMap(value) ? JSON.stringify(value) : String(value)];
    }),
  );
}
