// sqs/redrive-policy.ts: where a queue sends what nobody could process, and whom it takes such from.
// Called when a policy is set and when a message is received; "Using dead-letter queues".
import { invalidValue, type SqsError } from './errors.ts';
import { mostReceives, mostSourceQueues } from './limits.ts';
import { isObject } from './parameters.ts';
import { arnOf, type Queue } from './queue.ts';
import type { Attributes } from './queue-attributes.ts';
import { queueByArn, type Sqs } from './sqs.ts';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** @returns undefined for a queue without one */
export function redrivePolicyOf({ attributes }: Pick<Queue, 'attributes'>) {
  const text = attributes.RedrivePolicy;
  if (text === undefined) return undefined;
  const policy = JSON.parse(text) as RedrivePolicy;
  return { ...policy, maxReceiveCount: Number(policy.maxReceiveCount) };
}

/**
 * Looks at both policies among the attributes that are to be set on `name`.
 * @throws InvalidParameterValue (400) with what is wrong
 */
export function checkPolicies(sqs: Sqs, name: string, given: Attributes): void {
  const { RedrivePolicy: policy = '', RedriveAllowPolicy: allowance = '' } = given;
  if (policy !== '') checkPolicy(sqs, name, policy);
  if (allowance !== '') checkAllowance(allowance);
}

function checkPolicy(sqs: Sqs, name: string, text: string): void {
  const refuse = (reason: string): SqsError => invalidValue('RedrivePolicy', text, reason);
  const policy = parsed(text);
  if (policy === undefined) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn: arn, maxReceiveCount: most } = policy;
  if (typeof arn !== 'string' || !/^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn))
    throw refuse('Invalid value for deadLetterTargetArn.');
  if (!isWhole(most, mostReceives))
    throw refuse(`Invalid value for maxReceiveCount: must be from 1 to ${mostReceives}.`);
  const target = queueByArn(sqs, arn);
  if (target === undefined) throw refuse('Dead letter target does not exist.');
  if (target.name === name) throw refuse('Dead letter target must be another queue.');
  if (target.isFifo !== name.endsWith('.fifo'))
    throw refuse('Dead-letter queue must be same type of queue as the source.');
  if (!allows(target, arnOf(name)))
    throw refuse('The RedriveAllowPolicy of the dead letter target does not allow this queue.');
}

/** A number, or a text with one: AWS takes both. */
function isWhole(value: unknown, most: number): boolean {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}

function checkAllowance(text: string): void {
  const refuse = (reason: string): SqsError => invalidValue('RedriveAllowPolicy', text, reason);
  const policy = parsed(text);
  if (policy === undefined) throw refuse('Redrive allow policy is not a valid JSON map.');
  const { redrivePermission: permission, sourceQueueArns: arns } = policy;
  if (!['allowAll', 'denyAll', 'byQueue'].includes(String(permission)))
    throw refuse('redrivePermission must be allowAll, denyAll or byQueue.');
  const count = Array.isArray(arns) ? arns.length : 0;
  if (permission === 'byQueue' && (count < 1 || count > mostSourceQueues))
    throw refuse(`sourceQueueArns must name 1 to ${mostSourceQueues} queues.`);
  if (permission !== 'byQueue' && arns !== undefined)
    throw refuse('sourceQueueArns goes with byQueue only.');
}

/** Without a policy a queue takes dead letters from every queue. */
function allows({ attributes }: Queue, sourceArn: string): boolean {
  const { redrivePermission = 'allowAll', sourceQueueArns = [] } =
    parsed(attributes.RedriveAllowPolicy ?? '{}') ?? {};
  if (redrivePermission !== 'byQueue') return redrivePermission === 'allowAll';
  return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
