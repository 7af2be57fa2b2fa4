// api-gateway/answer-call.ts: a request on its way: stage, route, admission, integration, answer.
// Called by server.ts for every request.
import type { ServiceInvoke } from '../lambda/service-invoke.ts';
import { type AdmissionServices, admit } from './admission.ts';
import type { Apis, Stage } from './apis.ts';
import { acceptsBinary } from './binary.ts';
import type { Answer, Call } from './call.ts';
import { GatewayError } from './gateway-error.ts';
import { gatewayAnswer } from './gateway-response.ts';
import type { ProxyIntegration } from './integration.ts';
import { invokeFunction } from './invoke-function.ts';
import { maxPayloadBytes } from './limits.ts';
import type { MappingSource } from './mapping.ts';
import { mockAnswer } from './mock.ts';
import { proxyEvent } from './proxy-event.ts';
import { proxyResponse } from './proxy-response.ts';
import { type RequestContext, requestContext } from './request-context.ts';
import type { Match } from './resource-tree.ts';

export interface AnswerServices extends AdmissionServices {
  readonly apis: Apis;
  readonly invoke: ServiceInvoke;
  /** Of an integration that names none. */
  readonly integrationTimeoutMs: number;
}

export async function answerCall(services: AnswerServices, call: Call): Promise<Answer> {
  const stage = services.apis.stageOf(call.apiId, call.stageName);
  try {
    if (stage === undefined) throw new GatewayError('ACCESS_DENIED');
    return await answerOf(services, call, stage);
  } catch (error) {
    if (!(error instanceof GatewayError)) console.error('API Gateway:', error);
    const shown =
      error instanceof GatewayError ? error : new GatewayError('API_CONFIGURATION_ERROR');
    const source = sourceOf(call, stage, {}, stage ? requestContext(call, stage) : {});
    return gatewayAnswer(shown, stage?.api.gatewayResponses ?? {}, source);
  }
}

async function answerOf(services: AnswerServices, call: Call, stage: Stage): Promise<Answer> {
  if (call.bodyBytes > maxPayloadBytes)
    throw new GatewayError(
      'REQUEST_TOO_LARGE',
      `HTTP content length exceeded ${maxPayloadBytes} bytes.`,
    );
  const match = stage.api.resources.find(call.path);
  const methods = match?.resource.methods;
  const method = methods?.get(call.httpMethod) ?? methods?.get('ANY');
  if (match === undefined || method === undefined)
    throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
  const { resource, pathParameters } = match;
  const apiKey = admit(services, call, stage, resource, method);
  const context = requestContext(call, stage, { resource, method, apiKey });
  const { integration } = method;
  return integration.type === 'mock'
    ? mockAnswer(integration, sourceOf(call, stage, pathParameters, context))
    : askFunction(services, { call, stage, match, context, integration });
}

interface Question {
  readonly call: Call;
  readonly stage: Stage;
  readonly match: Match;
  readonly context: RequestContext;
  readonly integration: ProxyIntegration;
}

async function askFunction(
  { invoke, integrationTimeoutMs }: AnswerServices,
  { call, stage, match, context, integration }: Question,
): Promise<Answer> {
  const { variables = {} } = stage.settings;
  const functionName = integration.functionName.replace(
    /\$\{stageVariables\.(\w+)\}/g,
    (_, name: string) => variables[name] ?? '',
  );
  const event = proxyEvent(call, stage, match, context);
  const payload = await invokeFunction(invoke, functionName, JSON.stringify(event), {
    timeoutMs: integration.timeoutMs ?? integrationTimeoutMs,
    traceId: call.traceId,
  });
  const { headers, ...answer } = proxyResponse(payload, acceptsBinary(stage.api, call.headers));
  return { ...answer, headers: { 'x-amzn-trace-id': call.traceId, ...headers } };
}

function sourceOf(
  call: Call,
  stage: Stage | undefined,
  pathParameters: MappingSource['pathParameters'],
  context: object,
): MappingSource {
  return { call, pathParameters, stageVariables: stage?.settings.variables ?? {}, context };
}
