// sqs/actions-queues.ts: makes, finds, lists, empties and deletes queues.
// Called through actions.ts.
import { invalid, invalidValue, SqsError } from './errors.ts';
import { mostListed, purgePauseMs } from './limits.ts';
import { endWaits } from './long-poll.ts';
import { type Input, optionalText, optionalWhole, requiredText, textMap } from './parameters.ts';
import { account, type Queue } from './queue.ts';
import { checkAttributes, initialAttributes, withAttributes } from './queue-attributes.ts';
import { checkPolicies, redrivePolicyOf } from './redrive-policy.ts';
import { commit, queueNamed, queueOf, type Sqs, urlOf } from './sqs.ts';

/**
 * "CreateQueue": the queue of that name, when it is there with the same attributes.
 * @throws QueueNameExists (400) when they differ, and what checkAttributes and checkPolicies throw
 */
export function createQueueAction(sqs: Sqs, input: Input): object {
  const name = requiredText(input, 'QueueName');
  const given = textMap(input, 'Attributes');
  const isFifo = checkName(name, given);
  checkAttributes(given, isFifo);
  const existing = sqs.queues.get(name);
  if (existing === undefined) {
    checkPolicies(sqs, name, given);
    const attributes = withAttributes(initialAttributes(isFifo), given);
    const atMs = sqs.now();
    const times = { createdAtMs: atMs, modifiedAtMs: atMs };
    const tags = textMap(input, 'tags');
    commit(sqs, { op: 'create', queue: name, attributes, tags, ...times });
  } else checkSame(existing, given);
  return { QueueUrl: urlOf(sqs, { name }) };
}

export function getQueueUrl(sqs: Sqs, input: Input): object {
  const name = requiredText(input, 'QueueName');
  const owner = optionalText(input, 'QueueOwnerAWSAccountId') ?? account;
  return { QueueUrl: urlOf(sqs, queueNamed(sqs, owner === account ? name : '')) };
}

/** Pages only when `MaxResults` asks for it: else the first 1,000, and no token. */
export function listQueues(sqs: Sqs, input: Input): object {
  const prefix = optionalText(input, 'QueueNamePrefix') ?? '';
  const { found, token } = page(
    [...sqs.queues.values()].filter(({ name }) => name.startsWith(prefix)),
    input,
  );
  return { QueueUrls: found.map((queue) => urlOf(sqs, queue)), ...token };
}

export function listDeadLetterSourceQueues(sqs: Sqs, input: Input): object {
  const { arn } = queueOf(sqs, input);
  const { found, token } = page(
    [...sqs.queues.values()].filter((queue) => redrivePolicyOf(queue)?.deadLetterTargetArn === arn),
    input,
  );
  // In lower case: AWS's model has it so, here only.
  return { queueUrls: found.map((queue) => urlOf(sqs, queue)), ...token };
}

/** DIFFERS from AWS: at once, and a queue of the same name may be made at once as well. */
export function deleteQueue(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  commit(sqs, { op: 'drop', queue: queue.name });
  endWaits(queue);
  return {};
}

/** @throws PurgeQueueInProgress (403) within 60 s of another */
export function purgeQueue(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const atMs = sqs.now();
  if (queue.purgedAtMs !== undefined && atMs - queue.purgedAtMs < purgePauseMs)
    throw new SqsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  commit(sqs, { op: 'purge', queue: queue.name, atMs });
  return {};
}

/** @returns whether it is to be a FIFO queue: the name and the attribute have to agree */
function checkName(name: string, { FifoQueue }: Readonly<Record<string, string>>): boolean {
  const isFifo = FifoQueue === 'true';
  const [, stem = ''] = (isFifo ? /^(.+)\.fifo$/ : /^(.+)$/).exec(name) ?? [];
  if (/^[\w-]+$/.test(stem) && name.length <= 80) return isFifo;
  throw invalid(
    isFifo
      ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or ' +
          'underscores, must end with .fifo suffix and be 1 to 80 in length.'
      : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
}

function checkSame({ attributes }: Queue, given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(given))
    if (attributes[name] !== value)
      throw new SqsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
}

/** In the order of their names; the token is the last name of the page before. */
function page(queues: readonly Queue[], input: Input) {
  const most = optionalWhole(input, 'MaxResults', { least: 1, most: mostListed });
  const token = optionalText(input, 'NextToken');
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString();
  if (token !== undefined && !/^[\w-]+(\.fifo)?$/.test(after))
    throw invalidValue('NextToken', token, 'Must be a token that was given out.');
  const rest = queues
    .filter(({ name }) => name > after)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const found = rest.slice(0, most ?? mostListed);
  const hasMore = most !== undefined && rest.length > found.length;
  const next = Buffer.from(found.at(-1)?.name ?? '').toString('base64');
  return { found, token: hasMore ? { NextToken: next } : {} };
}
