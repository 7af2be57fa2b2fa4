// api-gateway/gateway-error.ts: what the gateway itself answers when a request does not get through.
// Thrown while a request is handled; gateway-response.ts turns it into an answer.

/** Status, words and `x-amzn-ErrorType`. "Gateway response types for API Gateway". */
const known = {
  ACCESS_DENIED: [403, 'Forbidden', 'ForbiddenException'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  INVALID_API_KEY: [403, 'Forbidden', 'ForbiddenException'],
  // No such path and no such method: AWS takes both for a call of its own API without a signature.
  MISSING_AUTHENTICATION_TOKEN: [
    403,
    'Missing Authentication Token',
    'MissingAuthenticationTokenException',
  ],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded', 'LimitExceededException'],
  // These are the words for Lambda's limit; the gateway's own are in answer-call.ts.
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLongException'],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException'],
  // A function that failed or answered in another form than the documented one has no type of its own.
  DEFAULT_5XX: [502, 'Internal server error', 'InternalServerErrorException'],
} as const;

export type GatewayErrorType = keyof typeof known;

export class GatewayError extends Error {
  readonly type: GatewayErrorType;
  readonly status: number;
  readonly errorType: string;

  constructor(type: GatewayErrorType, words?: string) {
    const [status, message, errorType] = known[type];
    super(words ?? message);
    this.type = type;
    this.status = status;
    this.errorType = errorType;
  }
}

/** The response that stands in for every type of its hundred that the API does not define. */
export function fallbackOf({ status }: GatewayError): 'DEFAULT_4XX' | 'DEFAULT_5XX' {
  return status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
}
