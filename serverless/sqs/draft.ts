// sqs/draft.ts: reads what a producer wants to send, and refuses what its queue does not take.
// Called by actions-send.ts, for one message and for each of a batch; "SendMessage".
import { createHash } from 'node:crypto';
import { invalid, invalidValue, missing, SqsError } from './errors.ts';
import { longestDelaySeconds } from './limits.ts';
import { type AttributeValues, type Draft, messageBytes } from './message.ts';
import { readMessageAttributes, readTraceHeader } from './message-attributes.ts';
import { type Input, optionalText, optionalWhole, requiredText } from './parameters.ts';
import type { Queue } from './queue.ts';

const otherQueueType = 'The request includes a parameter that is not valid for this queue type.';

/**
 * @throws MissingParameter, InvalidParameterValue, InvalidMessageContents (all 400) with a sentence
 *   that names what is wrong
 */
export function readDraft(queue: Queue, input: Input): Draft {
  const body = requiredText(input, 'MessageBody');
  checkCharacters(body);
  const attributes = readMessageAttributes(input);
  checkSize(queue, body, attributes);
  const { groupId, deduplicationId } = readFifoIds(queue, input, body);
  const delaySeconds = readDelaySeconds(queue, input);
  return {
    body,
    attributes,
    traceHeader: readTraceHeader(input),
    groupId,
    deduplicationId,
    delayMs: delaySeconds * 1000,
  };
}

/** @throws MissingParameter, InvalidParameterValue when a FIFO queue could not put it in order */
export function readFifoIds(
  queue: Queue,
  input: Input,
  body: string,
): Pick<Draft, 'groupId' | 'deduplicationId'> {
  const groupId = readId(input, 'MessageGroupId');
  const deduplicationId = readId(input, 'MessageDeduplicationId');
  if (!queue.isFifo) {
    if (deduplicationId === undefined) return { groupId, deduplicationId };
    throw invalidValue('MessageDeduplicationId', deduplicationId, otherQueueType);
  }
  if (groupId === undefined) throw missing('MessageGroupId');
  if (deduplicationId !== undefined) return { groupId, deduplicationId };
  if (queue.attributes.ContentBasedDeduplication !== 'true')
    throw invalid(
      'The queue should either have ContentBasedDeduplication enabled or ' +
        'MessageDeduplicationId provided explicitly',
    );
  return { groupId, deduplicationId: createHash('sha256').update(body).digest('hex') };
}

function readId(input: Input, name: string): string | undefined {
  const id = optionalText(input, name);
  if (id === undefined || /^[!-~]{1,128}$/.test(id)) return id;
  throw invalidValue(
    name,
    id,
    `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function checkCharacters(body: string): void {
  if (/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body))
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | ' +
        '#xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
}

function checkSize(queue: Queue, body: string, attributes: AttributeValues): void {
  const most = Number(queue.attributes.MaximumMessageSize);
  if (messageBytes(body, attributes) > most)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
}

function readDelaySeconds(queue: Queue, input: Input): number {
  const ofQueue = Number(queue.attributes.DelaySeconds);
  const range = { least: 0, most: longestDelaySeconds };
  const ofMessage = optionalWhole(input, 'DelaySeconds', range);
  if (queue.isFifo && ofMessage !== undefined && ofMessage !== 0)
    throw invalidValue('DelaySeconds', ofMessage, otherQueueType);
  return queue.isFifo ? ofQueue : (ofMessage ?? ofQueue);
}
