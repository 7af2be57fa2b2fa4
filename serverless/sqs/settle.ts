// sqs/settle.ts: deletes a message, or changes for how long it stays in flight, by receipt handle.
// Called by actions-settle.ts, for one message and for each of a batch.
import { invalidValue, missing, SqsError } from './errors.ts';
import { longestVisibilitySeconds } from './limits.ts';
import type { Message } from './message.ts';
import { type Input, optionalWhole, requiredText } from './parameters.ts';
import { place, type Queue, showDue } from './queue.ts';
import { type Receipt, readReceipt } from './receipt.ts';
import { commit, type Sqs } from './sqs.ts';

/**
 * "DeleteMessage": succeeds as well when the message is gone already, or when it was received again
 * since; then it is not deleted.
 * @throws ReceiptHandleIsInvalid (404); for a FIFO queue InvalidParameterValue (400) when the
 *   visibility timeout is over: another consumer may have it ("Exactly-once processing")
 */
export function deleteReceived(sqs: Sqs, queue: Queue, input: Input): void {
  const handle = requiredText(input, 'ReceiptHandle');
  const receipt = readHandle(queue, handle);
  showDue(queue, sqs.now());
  const message = queue.messages.get(receipt.messageId);
  if (message === undefined) return;
  const isLatest = message.receiveCount === receipt.receive;
  const isInTime = isLatest && message.state === 'in flight';
  if (queue.isFifo && !isInTime)
    throw invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
  if (!isLatest) return;
  commit(sqs, { op: 'delete', queue: queue.name, id: message.id });
  if (isInTime && !queue.isFifo && !message.isDuplicate) perhapsAgain(sqs, queue, message);
}

/**
 * The knob `duplicates`: "on rare occasions" a server still has a copy of a deleted message, says
 * AWS. The copy is not in the journal: a restart does not bring back what was deleted.
 */
function perhapsAgain({ random, knobs }: Sqs, queue: Queue, message: Message): void {
  if (random() < knobs.duplicates)
    place(queue, { ...message, state: 'visible', isDuplicate: true });
}

/**
 * "ChangeMessageVisibility": from now on, 0 to 43,200 s; never later than 12 hours after the receive.
 * @throws ReceiptHandleIsInvalid (404), InvalidParameterValue, MessageNotInflight (both 400)
 */
export function changeVisibility(sqs: Sqs, queue: Queue, input: Input): void {
  const receipt = readHandle(queue, requiredText(input, 'ReceiptHandle'));
  const seconds = optionalWhole(input, 'VisibilityTimeout', {
    least: 0,
    most: longestVisibilitySeconds,
  });
  if (seconds === undefined) throw missing('VisibilityTimeout');
  const nowMs = sqs.now();
  showDue(queue, nowMs);
  const message = queue.messages.get(receipt.messageId);
  if (message?.state !== 'in flight' || message.receiveCount !== receipt.receive)
    throw new SqsError('MessageNotInflight', 'The message is not in flight.');
  const visibleAtMs = nowMs + seconds * 1000;
  if (visibleAtMs > (message.receivedAtMs ?? nowMs) + longestVisibilitySeconds * 1000)
    throw invalidValue(
      'VisibilityTimeout',
      seconds,
      `Total VisibilityTimeout for the message is beyond the limit [${longestVisibilitySeconds} seconds].`,
    );
  commit(sqs, { op: 'hide', queue: queue.name, id: message.id, visibleAtMs });
}

function readHandle(queue: Queue, handle: string): Receipt {
  const receipt = readReceipt(handle);
  if (receipt?.queueName !== queue.name)
    throw new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  return receipt;
}
