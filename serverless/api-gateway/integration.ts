// api-gateway/integration.ts: what stands behind a method: a function, or an answer that is made up.
// Called by rest-api.ts for every method of a document.
import { badRequest } from './control-error.ts';
import { integrationTimeoutMs } from './limits.ts';
import type { DocumentIntegration, MockResponse } from './openapi.ts';

export type Integration = ProxyIntegration | MockIntegration;

export interface ProxyIntegration {
  readonly type: 'aws_proxy';
  /** With `:version` when the ARN has one; it may hold `${stageVariables.name}`. */
  readonly functionName: string;
  /** Undefined is the longest that AWS allows. */
  readonly timeoutMs: number | undefined;
}

export interface MockIntegration {
  readonly type: 'mock';
  /** By media type; static JSON with a `statusCode`. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly responses: Readonly<Record<string, MockResponse>>;
}

/**
 * @param of names the method in an error
 * @throws BadRequestException for what AWS refuses, and for what it offers and this one does not
 */
export function readIntegration(given: DocumentIntegration | undefined, of: string): Integration {
  if (given === undefined) throw badRequest(`No integration defined for method ${of}`);
  switch (given.type.toLowerCase()) {
    case 'aws_proxy':
      return readProxy(given, of);
    case 'mock': {
      const { requestTemplates = {}, responses = {} } = given;
      for (const { statusCode } of Object.values(responses)) checkStatus(statusCode, of);
      return { type: 'mock', requestTemplates, responses };
    }
    default:
      throw badRequest(`${of} has an integration of type ${given.type}: use aws_proxy or mock.`);
  }
}

/** @throws BadRequestException unless it is missing or a status that ends a request */
export function checkStatus(status: string | number | undefined, of: string): void {
  if (status !== undefined && !/^[2-5]\d\d$/.test(String(status)))
    throw badRequest(`${of} has the status ${status}: it may be 200 to 599.`);
}

const uriForm =
  /^arn:aws:apigateway:[\w-]+:lambda:path\/[\d-]+\/functions\/arn:aws:lambda:[\w-]+:\d+:function:([^/]+)\/invocations$/;

function readProxy({ uri = '', httpMethod, timeoutInMillis }: DocumentIntegration, of: string) {
  const [, functionName] = uriForm.exec(uri) ?? [];
  if (functionName === undefined) throw badRequest(`Invalid ARN specified for ${of}: ${uri}`);
  // Whatever the client's method is: this is the one of Lambda's Invoke API.
  if (httpMethod?.toUpperCase() !== 'POST')
    throw badRequest(`${of} must integrate a function with httpMethod POST.`);
  const { least, most } = integrationTimeoutMs;
  if (timeoutInMillis !== undefined && !(timeoutInMillis >= least && timeoutInMillis <= most))
    throw badRequest(`Timeout of ${of} should be between ${least} ms and ${most} ms`);
  return { type: 'aws_proxy', functionName, timeoutMs: timeoutInMillis } as const;
}
