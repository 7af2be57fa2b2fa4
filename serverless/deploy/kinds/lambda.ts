// deploy/kinds/lambda.ts: AWS::Lambda::Function and what reads a queue for it.
// In the table of kinds.ts.
import { functionArn, parseFunctionName } from '../../lambda/arn.ts';
import type { LocalCloud } from '../cloud.ts';
import {
  type Kinds,
  list,
  optionalNumber,
  optionalText,
  part,
  type Resource,
  text,
} from '../resource.ts';

/** AWS's own. */
const defaultTimeoutSeconds = 3;

export const lambdaKinds: Kinds = {
  'AWS::Lambda::Function': {
    takes: [
      ...['Code', 'Environment', 'FunctionName', 'Handler', 'MemorySize'],
      ...['ReservedConcurrentExecutions', 'Timeout'],
      // Without effect: there is one runtime, one machine, no identity, and a log a function.
      ...['Architectures', 'Description', 'LoggingConfig', 'Role', 'Runtime', 'Tags'],
    ],
    make(resource, { cloud, timeouts }) {
      const name = optionalText(resource, 'FunctionName') ?? resource.defaultName;
      const timeoutSeconds = optionalNumber(resource, 'Timeout') ?? defaultTimeoutSeconds;
      timeouts.set(name, timeoutSeconds);
      const code = part(resource, 'Code');
      cloud.lambda.createFunction({
        name,
        codeFolder: cloud.codeFolder({ bucket: text(code, 'S3Bucket'), key: text(code, 'S3Key') }),
        handler: text(resource, 'Handler'),
        memorySizeMb: optionalNumber(resource, 'MemorySize'),
        timeoutSeconds,
        environment: environmentOf(resource, cloud),
        reservedConcurrency:
          optionalNumber(resource, 'ReservedConcurrentExecutions') ?? cloud.functionConcurrency,
      });
      return {
        ref: name,
        attributes: { Arn: functionArn(name) },
        remove: () => cloud.lambda.deleteFunction(name),
      };
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    takes: [
      ...['BatchSize', 'EventSourceArn', 'FunctionName', 'FunctionResponseTypes'],
      ...['MaximumBatchingWindowInSeconds', 'ScalingConfig'],
    ],
    async make(resource, { cloud, timeouts }) {
      const functionName = parseFunctionName(text(resource, 'FunctionName')).name;
      const queueArn = text(resource, 'EventSourceArn');
      const mapping = await cloud.eventSource({
        queueUrl: await queueUrlOf(queueArn, cloud),
        queueArn,
        functionName,
        functionTimeoutSeconds: timeouts.get(functionName),
        batchSize: optionalNumber(resource, 'BatchSize') ?? 10,
        windowMs: 1000 * (optionalNumber(resource, 'MaximumBatchingWindowInSeconds') ?? 0),
        maximumConcurrency: optionalNumber(part(resource, 'ScalingConfig'), 'MaximumConcurrency'),
        reportBatchItemFailures: list(resource, 'FunctionResponseTypes').includes(
          'ReportBatchItemFailures',
        ),
      });
      return { ref: resource.defaultName, remove: () => mapping.close() };
    },
  },
};

/** The SDK of a function finds this cloud by the same variables that redirect it anywhere else. */
function environmentOf(resource: Resource, { lambda, sqs, environment }: LocalCloud) {
  const variables = part(part(resource, 'Environment'), 'Variables');
  const names = Object.keys(variables.properties);
  return {
    ...Object.fromEntries(names.map((name) => [name, text(variables, name)])),
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    AWS_ENDPOINT_URL_SQS: sqs.url,
    ...environment,
  };
}

async function queueUrlOf(arn: string, { sqs }: LocalCloud): Promise<string> {
  const QueueName = arn.split(':').at(-1);
  const { QueueUrl } = (await sqs.call('GetQueueUrl', { QueueName })) as { QueueUrl: string };
  return QueueUrl;
}
