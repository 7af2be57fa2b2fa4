// sqs/actions-settle.ts: DeleteMessage and ChangeMessageVisibility, one message or a batch.
// Called through actions.ts.
import { batchEntries, runBatch } from './batch.ts';
import { wake } from './long-poll.ts';
import type { Input } from './parameters.ts';
import type { Queue } from './queue.ts';
import { changeVisibility, deleteReceived } from './settle.ts';
import { queueOf, type Sqs } from './sqs.ts';

export const deleteMessage = one(deleteReceived);
export const deleteMessageBatch = batch(deleteReceived);
export const changeMessageVisibility = one(changeVisibility);
export const changeMessageVisibilityBatch = batch(changeVisibility);

type Settle = (sqs: Sqs, queue: Queue, input: Input) => void;

/** Either may let another message be received: of its group, or the same one. */
function one(settle: Settle) {
  return (sqs: Sqs, input: Input): object => {
    const queue = queueOf(sqs, input);
    settle(sqs, queue, input);
    wake(sqs, queue);
    return {};
  };
}

function batch(settle: Settle) {
  return (sqs: Sqs, input: Input): object => {
    const queue = queueOf(sqs, input);
    const result = runBatch(batchEntries(input), (entry) => {
      settle(sqs, queue, entry);
      return {};
    });
    wake(sqs, queue);
    return result;
  };
}
