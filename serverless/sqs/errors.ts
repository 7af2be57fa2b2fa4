// sqs/errors.ts: the errors of SQS, each with its name, its HTTP status and its code of old.
// Thrown by whatever refuses a request; protocol.ts and batch.ts turn them into answers.

/**
 * Names, statuses and codes of AWS's service model of SQS (`smithy.api#httpError`, `awsQueryError`).
 * The API reference prints 400 for each of them; what AWS answers follows the model.
 */
export const modelledErrors = {
  BatchEntryIdsNotDistinct: [400, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct'],
  BatchRequestTooLong: [400, 'AWS.SimpleQueueService.BatchRequestTooLong'],
  EmptyBatchRequest: [400, 'AWS.SimpleQueueService.EmptyBatchRequest'],
  InvalidAddress: [404, 'InvalidAddress'],
  InvalidAttributeName: [400, 'InvalidAttributeName'],
  InvalidAttributeValue: [400, 'InvalidAttributeValue'],
  InvalidBatchEntryId: [400, 'AWS.SimpleQueueService.InvalidBatchEntryId'],
  InvalidMessageContents: [400, 'InvalidMessageContents'],
  MessageNotInflight: [400, 'AWS.SimpleQueueService.MessageNotInflight'],
  OverLimit: [403, 'OverLimit'],
  PurgeQueueInProgress: [403, 'AWS.SimpleQueueService.PurgeQueueInProgress'],
  QueueDoesNotExist: [400, 'AWS.SimpleQueueService.NonExistentQueue'],
  QueueNameExists: [400, 'QueueAlreadyExists'],
  ReceiptHandleIsInvalid: [404, 'ReceiptHandleIsInvalid'],
  ResourceNotFoundException: [404, 'ResourceNotFoundException'],
  TooManyEntriesInBatchRequest: [400, 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest'],
  UnsupportedOperation: [400, 'AWS.SimpleQueueService.UnsupportedOperation'],
} as const;

/** Of every AWS service; the model of SQS does not name them. */
const common = {
  InternalFailure: [500, 'InternalFailure'],
  InvalidAction: [400, 'InvalidAction'],
  InvalidParameterValueException: [400, 'InvalidParameterValue'],
  MissingRequiredParameterException: [400, 'MissingParameter'],
  RequestEntityTooLarge: [413, 'RequestEntityTooLarge'],
  SerializationException: [400, 'SerializationException'],
} as const;

const known = { ...modelledErrors, ...common };
export type ErrorName = keyof typeof known;

export class SqsError extends Error {
  /** As in `__type`, with its namespace. */
  readonly type: string;
  readonly status: number;
  /** What the query protocol called it: clients older than the JSON protocol look for this one. */
  readonly queryCode: string;

  /** @param message a sentence that names what is wrong; the client reads it */
  constructor(name: ErrorName, message: string) {
    super(message);
    this.name = name;
    this.type = `${name in modelledErrors ? 'com.amazonaws.sqs' : 'com.amazon.coral.service'}#${name}`;
    [this.status, this.queryCode] = known[name];
  }

  /** Whose fault it is: the header `x-amzn-query-error` and a failed entry of a batch say so. */
  get isSenderFault(): boolean {
    return this.status < 500;
  }
}

/** @returns the error of a parameter that is there, and wrong */
export function invalid(message: string): SqsError {
  return new SqsError('InvalidParameterValueException', message);
}

/** @returns the error of a parameter with a value that does not fit, in AWS's words */
export function invalidValue(name: string, value: unknown, reason: string): SqsError {
  return invalid(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

/** @returns the error of a parameter that is not there */
export function missing(name: string): SqsError {
  return new SqsError(
    'MissingRequiredParameterException',
    `The request must contain the parameter ${name}.`,
  );
}
