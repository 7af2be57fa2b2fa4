// api-gateway/mock.ts: the answer of a method that no function stands behind, as for a preflight.
// Called by answer-call.ts. "Mock integrations for REST APIs", "CORS for REST APIs".
import { type Answer, mediaTypeOf } from './call.ts';
import { GatewayError } from './gateway-error.ts';
import type { MockIntegration } from './integration.ts';
import { fillTemplate, type MappingSource, mappedHeaders, templateOf } from './mapping.ts';
import type { MockResponse } from './openapi.ts';

/** @throws GatewayError (500) when no template gives a status, or no response is for that status */
export function mockAnswer(integration: MockIntegration, source: MappingSource): Answer {
  const template = integration.requestTemplates[mediaTypeOf(source.call.headers)];
  const response = responseFor(integration, statusIn(template));
  const [type, body] = templateOf(response.responseTemplates, '');
  return {
    status: Number(response.statusCode),
    headers: {
      'content-type': type,
      ...mappedHeaders(response.responseParameters, 'method.response.header.', source),
    },
    body: Buffer.from(fillTemplate(body, source)),
  };
}

function statusIn(template: string | undefined): string {
  try {
    const { statusCode } = JSON.parse(template ?? '');
    return String(statusCode);
  } catch {
    throw new GatewayError('API_CONFIGURATION_ERROR');
  }
}

function responseFor({ responses }: MockIntegration, status: string): MockResponse {
  const pattern = Object.keys(responses).find(
    (key) => key !== 'default' && new RegExp(`^(?:${key})$`).test(status),
  );
  const response = responses[pattern ?? 'default'];
  if (response === undefined) throw new GatewayError('API_CONFIGURATION_ERROR');
  return response;
}
