// sqs/sqs.ts: everything one server knows, and the one way to change it.
// Made by server.ts; every action gets it first.
import { apply } from './apply.ts';
import type { Entry } from './entry.ts';
import { SqsError } from './errors.ts';
import type { Journal } from './journal.ts';
import type { MoveTask } from './move-task.ts';
import { type Input, requiredText } from './parameters.ts';
import { account, type Queue } from './queue.ts';

/** How often a standard queue shows what AWS says it may do. 0: never, 1: always. */
export interface Knobs {
  /** That a message which was deleted in time is delivered once more. */
  readonly duplicates: number;
  /** That a message which is not the oldest is handed out. */
  readonly reordering: number;
}

export interface Sqs {
  readonly queues: Map<string, Queue>;
  /** By the ARN of their source, the latest first. Not in the journal. */
  readonly moveTasks: Map<string, MoveTask[]>;
  readonly journal: Journal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  knobs: Knobs;
  /** Where it listens, without a slash at the end; queue URLs begin with it. */
  url: string;
  /** Nobody waits for messages any more. */
  isClosing: boolean;
}

/** Journal first: what could not be written down does not happen. */
export function commit(sqs: Sqs, entry: Entry): void {
  sqs.journal.append(entry);
  apply(sqs.queues, entry);
}

export function urlOf(sqs: Sqs, { name }: Pick<Queue, 'name'>): string {
  return `${sqs.url}/${account}/${name}`;
}

/**
 * The queue of `QueueUrl`. Only its path counts: a server that restarts on another port still knows
 * the URLs it gave out.
 * @throws MissingParameter, InvalidAddress (404), QueueDoesNotExist (400)
 */
export function queueOf(sqs: Sqs, input: Input): Queue {
  const url = requiredText(input, 'QueueUrl');
  const [, owner, name = ''] = /\/(\d{12})\/([^/]+)\/?$/.exec(url) ?? [];
  if (owner === undefined)
    throw new SqsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  return queueNamed(sqs, owner === account ? name : '');
}

/** @throws QueueDoesNotExist (400) */
export function queueNamed(sqs: Sqs, name: string): Queue {
  const queue = sqs.queues.get(name);
  if (queue === undefined)
    throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

/** @returns undefined for a queue that is not there, and for what is no ARN */
export function queueByArn(sqs: Sqs, arn: string): Queue | undefined {
  const queue = sqs.queues.get(arn.split(':').at(-1) ?? '');
  return queue?.arn === arn ? queue : undefined;
}
