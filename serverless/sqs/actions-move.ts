// sqs/actions-move.ts: StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask.
// Called through actions.ts.
import { randomUUID } from 'node:crypto';
import { countMessages } from './counts.ts';
import { invalid, SqsError } from './errors.ts';
import { mostMovedPerSecond, mostMoveTasksListed } from './limits.ts';
import { cancelMoveTask, type MoveTask, runMoveTask } from './move-task.ts';
import { type Input, optionalText, optionalWhole, requiredText } from './parameters.ts';
import type { Queue } from './queue.ts';
import { redrivePolicyOf } from './redrive-policy.ts';
import { queueByArn, type Sqs } from './sqs.ts';

/**
 * @throws ResourceNotFoundException (404) for a queue that is not there, InvalidParameterValue (400)
 *   when the source is nobody's dead-letter queue, or has a task already
 */
export function startMessageMoveTask(sqs: Sqs, input: Input): object {
  const source = queueAt(sqs, requiredText(input, 'SourceArn'), 'SourceArn');
  const destinationArn = optionalText(input, 'DestinationArn');
  const range = { least: 1, most: mostMovedPerSecond };
  const perSecond = optionalWhole(input, 'MaxNumberOfMessagesPerSecond', range);
  checkDestination(sqs, source, destinationArn);
  const earlier = sqs.moveTasks.get(source.arn) ?? [];
  if (earlier.some(({ status }) => status === 'RUNNING'))
    throw invalid(
      'There is already a task running. Only one active task is allowed for a source queue arn ' +
        'at a given time.',
    );
  const task: MoveTask = {
    ...{ id: randomUUID(), sourceArn: source.arn, destinationArn, perSecond },
    startedAtMs: sqs.now(),
    toMove: countMessages(sqs, source).visible,
    moved: 0,
    status: 'RUNNING',
  };
  sqs.moveTasks.set(source.arn, [task, ...earlier].slice(0, mostMoveTasksListed));
  runMoveTask(sqs, task);
  return { TaskHandle: handleOf(task) };
}

export function listMessageMoveTasks(sqs: Sqs, input: Input): object {
  const source = queueAt(sqs, requiredText(input, 'SourceArn'), 'SourceArn');
  const range = { least: 1, most: mostMoveTasksListed };
  const most = optionalWhole(input, 'MaxResults', range) ?? 1;
  const tasks = sqs.moveTasks.get(source.arn) ?? [];
  return { Results: tasks.slice(0, most).map(renderTask) };
}

/** @throws ResourceNotFoundException (404), UnsupportedOperation (400) when it runs no more */
export function cancelMessageMoveTask(sqs: Sqs, input: Input): object {
  const { taskId, sourceArn } = readHandle(requiredText(input, 'TaskHandle'));
  const source = queueAt(sqs, sourceArn, 'SourceArn');
  const task = sqs.moveTasks.get(source.arn)?.find(({ id }) => id === taskId);
  if (task === undefined) throw new SqsError('ResourceNotFoundException', 'Task does not exist.');
  if (task.status !== 'RUNNING')
    throw new SqsError('UnsupportedOperation', `The task is ${task.status}, not RUNNING.`);
  cancelMoveTask(task);
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

function queueAt(sqs: Sqs, arn: string, parameter: string): Queue {
  const queue = queueByArn(sqs, arn);
  if (queue === undefined)
    throw new SqsError(
      'ResourceNotFoundException',
      `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    );
  return queue;
}

function checkDestination(sqs: Sqs, source: Queue, destinationArn: string | undefined): void {
  const isDeadLetterQueue = [...sqs.queues.values()].some(
    (queue) => redrivePolicyOf(queue)?.deadLetterTargetArn === source.arn,
  );
  if (!isDeadLetterQueue) throw invalid('Source queue must be configured as a Dead Letter Queue.');
  if (destinationArn === undefined) return;
  if (queueAt(sqs, destinationArn, 'DestinationArn').isFifo !== source.isFifo)
    throw invalid('Source and destination queue must be of the same type.');
}

/** The handle only while there is something to cancel. */
function renderTask(task: MoveTask): object {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: handleOf(task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.perSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAtMs,
  };
}

function handleOf({ id, sourceArn }: MoveTask): string {
  return Buffer.from(`${id} ${sourceArn}`).toString('base64');
}

function readHandle(handle: string): { taskId: string; sourceArn: string } {
  const text = Buffer.from(handle, 'base64').toString();
  const [, taskId, sourceArn] = /^([0-9a-f-]{36}) (arn:\S+)$/.exec(text) ?? [];
  if (taskId === undefined || sourceArn === undefined)
    throw invalid('Value for parameter TaskHandle is invalid.');
  return { taskId, sourceArn };
}
