// sqs/actions-attributes.ts: GetQueueAttributes, SetQueueAttributes and the tags.
// Called through actions.ts.

import { countMessages } from './counts.ts';
import { missing } from './errors.ts';
import { wake } from './long-poll.ts';
import { type Input, textList, textMap } from './parameters.ts';
import { type Queue, showDue } from './queue.ts';
import {
  checkAttributeNames,
  checkAttributes,
  type computedAttributes,
  withAttributes,
} from './queue-attributes.ts';
import { checkPolicies } from './redrive-policy.ts';
import { commit, queueOf, type Sqs } from './sqs.ts';

/** @throws InvalidAttributeName (400) */
export function getQueueAttributes(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const names = textList(input, 'AttributeNames');
  checkAttributeNames(names);
  const all = Object.entries({ ...queue.attributes, ...computed(sqs, queue) });
  const chosen = all.filter(([name]) => names.includes('All') || names.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

/** @throws what checkAttributes and checkPolicies throw */
export function setQueueAttributes(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  if (input.Attributes === undefined) throw missing('Attributes');
  const given = textMap(input, 'Attributes');
  checkAttributes(given, queue.isFifo);
  checkPolicies(sqs, queue.name, given);
  const attributes = withAttributes(queue.attributes, given);
  showDue(queue, sqs.now());
  commit(sqs, { op: 'configure', queue: queue.name, attributes, atMs: sqs.now() });
  wake(sqs, queue);
  return {};
}

export function tagQueue(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const tags = { ...queue.tags, ...textMap(input, 'Tags') };
  commit(sqs, { op: 'tag', queue: queue.name, tags });
  return {};
}

export function untagQueue(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const keys = textList(input, 'TagKeys');
  const kept = Object.entries(queue.tags).filter(([key]) => !keys.includes(key));
  commit(sqs, { op: 'tag', queue: queue.name, tags: Object.fromEntries(kept) });
  return {};
}

export function listQueueTags(sqs: Sqs, input: Input): object {
  return { Tags: queueOf(sqs, input).tags };
}

type Computed = Readonly<Record<(typeof computedAttributes)[number], string>>;

/** Times in whole seconds since 1970. The counts are exact here, whatever their names say. */
function computed(sqs: Sqs, queue: Queue): Computed {
  const { visible, inFlight, delayed } = countMessages(sqs, queue);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAtMs / 1000)),
  };
}
