// api-gateway/control-error.ts: the errors with which a change of an API, a key or a plan is refused.
// Thrown by what reads documents and settings; clients of an API never see them.

/** Names of the API Gateway control service. */
export type ControlErrorName = 'BadRequestException' | 'NotFoundException' | 'ConflictException';

export class ControlError extends Error {
  constructor(name: ControlErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

export function badRequest(message: string): ControlError {
  return new ControlError('BadRequestException', message);
}
