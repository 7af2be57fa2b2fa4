// api-gateway/gateway-response.ts: a gateway error as the answer that an API may have shaped.
// Called by answer-call.ts. "Gateway responses for REST APIs in API Gateway".
import type { Answer } from './call.ts';
import { fallbackOf, type GatewayError } from './gateway-error.ts';
import { fillTemplate, type MappingSource, mappedHeaders, templateOf } from './mapping.ts';
import type { GatewayResponse, GatewayResponses } from './openapi.ts';

const defaultTemplate = '{"message":$context.error.messageString}';

/**
 * The response of the error's own type, else that of its hundred, else AWS's default. This is where
 * a browser gets its CORS headers from: no function has a say in these answers.
 */
export function gatewayAnswer(
  error: GatewayError,
  responses: GatewayResponses,
  source: MappingSource,
): Answer {
  const response: GatewayResponse = responses[error.type] ?? responses[fallbackOf(error)] ?? {};
  const context = { ...source.context, error: errorVariables(error) };
  const withError = { ...source, context };
  const [type, template] = templateOf(response.responseTemplates, defaultTemplate);
  return {
    status: Number(response.statusCode ?? error.status),
    headers: {
      'content-type': type,
      'x-amzn-errortype': error.errorType,
      ...mappedHeaders(response.responseParameters, 'gatewayresponse.header.', withError),
    },
    body: Buffer.from(fillTemplate(template, withError)),
  };
}

function errorVariables({ type, message }: GatewayError) {
  return { message, messageString: JSON.stringify(message), responseType: type };
}
