// sqs/actions.ts: every action by the name that a client calls it.
// Read by protocol.ts, and by server.ts for calls within the process.
import {
  getQueueAttributes,
  listQueueTags,
  setQueueAttributes,
  tagQueue,
  untagQueue,
} from './actions-attributes.ts';
import {
  cancelMessageMoveTask,
  listMessageMoveTasks,
  startMessageMoveTask,
} from './actions-move.ts';
import {
  createQueueAction,
  deleteQueue,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  purgeQueue,
} from './actions-queues.ts';
import { receiveMessage } from './actions-receive.ts';
import { sendMessage, sendMessageBatch } from './actions-send.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './actions-settle.ts';
import type { Input } from './parameters.ts';
import type { Sqs } from './sqs.ts';

/** @throws SqsError */
export type Action = (sqs: Sqs, input: Input, gone: AbortSignal) => object | Promise<object>;

/** Not here: AddPermission and RemovePermission; nobody signs in. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>(
  Object.entries({
    CancelMessageMoveTask: cancelMessageMoveTask,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    CreateQueue: createQueueAction,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    DeleteQueue: deleteQueue,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    ListMessageMoveTasks: listMessageMoveTasks,
    ListQueues: listQueues,
    ListQueueTags: listQueueTags,
    PurgeQueue: purgeQueue,
    ReceiveMessage: receiveMessage,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    SetQueueAttributes: setQueueAttributes,
    StartMessageMoveTask: startMessageMoveTask,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
  }),
);
