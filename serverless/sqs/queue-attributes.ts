// sqs/queue-attributes.ts: which attributes a queue has, what they may be, and what they start as.
// Called by the actions that create and configure queues; "SetQueueAttributes".
import { SqsError } from './errors.ts';
import {
  largestMessageBytes,
  leastMessageSizeLimitBytes,
  longestDelaySeconds,
  longestVisibilitySeconds,
  longestWaitSeconds,
  retentionSeconds,
} from './limits.ts';

export type Attributes = Readonly<Record<string, string>>;

interface Rule {
  readonly fits: (value: string) => boolean;
  readonly initial?: string;
}

const between =
  (least: number, most: number) =>
  (value: string): boolean =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
const oneOf =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value);
const anything = (): boolean => true;

const everyQueue: Readonly<Record<string, Rule>> = {
  DelaySeconds: { fits: between(0, longestDelaySeconds), initial: '0' },
  MaximumMessageSize: {
    fits: between(leastMessageSizeLimitBytes, largestMessageBytes),
    initial: String(largestMessageBytes),
  },
  MessageRetentionPeriod: {
    fits: between(retentionSeconds.least, retentionSeconds.most),
    initial: '345600',
  },
  ReceiveMessageWaitTimeSeconds: { fits: between(0, longestWaitSeconds), initial: '0' },
  VisibilityTimeout: { fits: between(0, longestVisibilitySeconds), initial: '30' },
  // redrive-policy.ts looks at these two: they name other queues.
  RedrivePolicy: { fits: anything },
  RedriveAllowPolicy: { fits: anything },
  // Simulated: kept and given back, without any effect.
  Policy: { fits: anything },
  KmsMasterKeyId: { fits: anything },
  KmsDataKeyReusePeriodSeconds: { fits: between(60, 86_400) },
  SqsManagedSseEnabled: { fits: oneOf('true', 'false') },
};

const fifoQueue: Readonly<Record<string, Rule>> = {
  FifoQueue: { fits: oneOf('true'), initial: 'true' },
  ContentBasedDeduplication: { fits: oneOf('true', 'false'), initial: 'false' },
  DeduplicationScope: { fits: oneOf('queue', 'messageGroup'), initial: 'queue' },
  // Simulated: kept, but nothing is throttled here.
  FifoThroughputLimit: { fits: oneOf('perQueue', 'perMessageGroupId'), initial: 'perQueue' },
};

const rulesOf = (isFifo: boolean): Readonly<Record<string, Rule>> =>
  isFifo ? { ...everyQueue, ...fifoQueue } : everyQueue;

/** What GetQueueAttributes knows besides those that can be set. */
export const computedAttributes = [
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
] as const;

export function initialAttributes(isFifo: boolean): Attributes {
  return Object.fromEntries(
    Object.entries(rulesOf(isFifo)).flatMap(([name, { initial }]) =>
      initial === undefined ? [] : [[name, initial]],
    ),
  );
}

/**
 * @throws InvalidAttributeName (400) for one that a queue of this kind does not have,
 *   InvalidAttributeValue (400) for a value out of range
 */
export function checkAttributes(given: Attributes, isFifo: boolean): void {
  const rules = rulesOf(isFifo);
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw unknownAttribute(name);
    if (name === 'FifoQueue' && value === 'false')
      throw invalidAttribute(name, ' Reason: Modifying queue type is not supported.');
    if (!rule.fits(value)) throw invalidAttribute(name, '');
  }
}

/** @returns `before` with what is given; a policy that is given as '' is taken away */
export function withAttributes(before: Attributes, given: Attributes): Attributes {
  const all = Object.entries({ ...before, ...given });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

const attributeNames = new Set<string>([
  'All',
  ...computedAttributes,
  ...Object.keys(everyQueue),
  ...Object.keys(fifoQueue),
]);

/** @throws InvalidAttributeName (400) for a name that no queue knows */
export function checkAttributeNames(names: readonly string[]): void {
  for (const name of names) if (!attributeNames.has(name)) throw unknownAttribute(name);
}

function unknownAttribute(name: string): SqsError {
  return new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function invalidAttribute(name: string, reason: string): SqsError {
  return new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.${reason}`);
}
