// lambda/errors.ts: the errors with which the Invoke API and the control plane refuse a request.
// Thrown all over this folder; api-server.ts turns them into what the SDK knows as an exception.

/** `type` is the exception's name in AWS's API reference, `status` its HTTP status. */
export class LambdaError extends Error {
  readonly type: string;
  readonly status: number;
  /** What the body carries beside the message, for example `Reason`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(type: string, status: number, message: string, details = {}) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.details = details;
  }
}

/** Which of the two limits on concurrency was reached. */
export type ThrottleReason =
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded';

/** A throttle: nothing ran, and the same request may succeed a little later. */
export class TooManyRequests extends LambdaError {
  readonly reason: ThrottleReason;

  constructor(reason: ThrottleReason) {
    super('TooManyRequestsException', 429, 'Rate Exceeded.', { Reason: reason });
    this.reason = reason;
  }
}

export function functionNotFound(arn: string): LambdaError {
  return new LambdaError('ResourceNotFoundException', 404, `Function not found: ${arn}`);
}

export function functionExists(name: string): LambdaError {
  return new LambdaError('ResourceConflictException', 409, `Function already exist: ${name}`);
}

export function invalidParameter(message: string): LambdaError {
  return new LambdaError('InvalidParameterValueException', 400, message);
}

export function invalidRequestContent(reason: string): LambdaError {
  const message = `Could not parse request body into json: Could not parse payload into json: ${reason}`;
  return new LambdaError('InvalidRequestContentException', 400, message);
}

export function requestTooLarge(bytes: number, invocationType: string, limit: number): LambdaError {
  const message =
    `${bytes} byte payload is too large for the ${invocationType} invocation type ` +
    `(limit ${limit} bytes)`;
  return new LambdaError('RequestTooLargeException', 413, message);
}

/** An operation of AWS that this service does not offer. */
export function unknownOperation(method: string, path: string): LambdaError {
  const message = `This Lambda has no operation ${method} ${path}.`;
  return new LambdaError('UnknownOperationException', 404, message);
}
