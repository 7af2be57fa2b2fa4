// sqs/actions-receive.ts: ReceiveMessage.
// Called through actions.ts.
import { SqsError } from './errors.ts';
import {
  longestVisibilitySeconds,
  longestWaitSeconds,
  mostInFlight,
  mostReceived,
} from './limits.ts';
import { type ReceiveRequest, receive } from './long-poll.ts';
import { type Input, optionalWhole, textList } from './parameters.ts';
import { type Queue, showDue } from './queue.ts';
import { renderMessage, type Wanted } from './render.ts';
import { queueOf, type Sqs } from './sqs.ts';

/**
 * @throws OverLimit (403) for a short poll of a standard queue with 120,000 messages in flight; a
 *   long poll and a FIFO queue get no messages then, and no error ("Amazon SQS queue quotas")
 */
export async function receiveMessage(sqs: Sqs, input: Input, gone: AbortSignal): Promise<object> {
  const queue = queueOf(sqs, input);
  const request = readRequest(queue, input);
  const wanted = readWanted(input);
  showDue(queue, sqs.now());
  if (!queue.isFifo && request.waitMs === 0 && queue.inFlight >= mostInFlight)
    throw new SqsError('OverLimit', `Too many messages in flight: at most ${mostInFlight}.`);
  const messages = await receive(sqs, queue, request, gone);
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => renderMessage(queue, message, wanted)) };
}

function readRequest({ attributes }: Queue, input: Input): ReceiveRequest {
  const seconds = (name: string, most: number, ofQueue: string): number =>
    optionalWhole(input, name, { least: 0, most }) ?? Number(attributes[ofQueue]);
  const visibility = seconds('VisibilityTimeout', longestVisibilitySeconds, 'VisibilityTimeout');
  const wait = seconds('WaitTimeSeconds', longestWaitSeconds, 'ReceiveMessageWaitTimeSeconds');
  const most = optionalWhole(input, 'MaxNumberOfMessages', { least: 1, most: mostReceived });
  return { most: most ?? 1, visibilityMs: visibility * 1000, waitMs: wait * 1000 };
}

/** `AttributeNames` is the old name of `MessageSystemAttributeNames`. */
function readWanted(input: Input): Wanted {
  const old = textList(input, 'AttributeNames');
  return {
    systemNames: [...textList(input, 'MessageSystemAttributeNames'), ...old],
    names: textList(input, 'MessageAttributeNames').map((name) => (name === '.*' ? 'All' : name)),
  };
}
