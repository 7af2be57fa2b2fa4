// api-gateway/request-context.ts: the `requestContext` of an event, which templates call `$context`.
// Called by answer-call.ts, once for each request that has found its stage.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { accountId } from '../lambda/arn.ts';
import type { Stage } from './apis.ts';
import { type Call, headerOf } from './call.ts';
import type { Method, Resource } from './resource-tree.ts';
import type { ApiKey } from './usage.ts';

export type RequestContext = APIGatewayProxyEvent['requestContext'] & {
  readonly deploymentId: string;
};

/** What is known of a request so far. */
export interface Routed {
  readonly resource?: Resource | undefined;
  readonly method?: Method | undefined;
  /** Undefined for a method that asks for none, even when the client sent one. */
  readonly apiKey?: ApiKey | undefined;
}

export function requestContext(
  call: Call,
  stage: Stage,
  { resource, method, apiKey }: Routed = {},
): RequestContext {
  const { apiId, basePath, httpMethod, requestId, extendedRequestId } = call;
  return {
    resourceId: resource?.id ?? '',
    resourcePath: resource?.path ?? '',
    ...(method?.operationName !== undefined && { operationName: method.operationName }),
    ...{ httpMethod, extendedRequestId, apiId, requestId, accountId },
    requestTime: logTime(call.atMs),
    requestTimeEpoch: call.atMs,
    path: basePath + call.path,
    protocol: 'HTTP/1.1',
    stage: stage.name,
    deploymentId: stage.deploymentId,
    domainName: headerOf(call.headers, 'host') ?? '',
    domainPrefix: apiId,
    authorizer: null,
    identity: {
      ...nobody,
      apiKey: apiKey?.value ?? null,
      apiKeyId: apiKey?.id ?? null,
      sourceIp: call.sourceIp,
      userAgent: headerOf(call.headers, 'user-agent') ?? null,
    },
  };
}

/** Nobody signs in here, by whatever means of AWS. */
const nobody = {
  accessKey: null,
  accountId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
} as const;

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** As in the common log format: `25/Nov/2026:09:00:00 +0000`. */
function logTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time} +0000`;
}
