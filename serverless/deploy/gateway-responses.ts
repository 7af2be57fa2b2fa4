// deploy/gateway-responses.ts: what API Gateway refuses by itself, told as the shop tells its refusals.
// Called by api-document.ts. A missing key and an unknown one are the same to it.
import { problem, toProblem } from '@lab/shared/domain/problems.ts';
import { securityHeaders } from '@lab/shared/runtime/front-door.ts';

const header = 'gatewayresponse.header.';

export const gatewayResponses = {
  INVALID_API_KEY: told('keyMissing', 'Send a key that is known in the x-api-key header.'),
  // AWS's name for a path that has not this method: it takes the request for one of its own API.
  MISSING_AUTHENTICATION_TOKEN: told('noSuchRoute', 'Nothing answers here to this method.'),
  THROTTLED: told('tooManyRequests', 'Try again in 1 s.', { 'Retry-After': '1' }),
  // Also what Lambda refuses: AWS has one type for both limits, and other words for each.
  REQUEST_TOO_LARGE: told(
    'bodyTooLarge',
    'A body may have 10 MB, and 6 MB as the event of a function: $context.error.message',
  ),
  DEFAULT_5XX: told('dependencyUnavailable', 'The function failed, or took too long.'),
  DEFAULT_4XX: { responseParameters: headersOf({}) },
};

function told(name: Parameters<typeof problem>[0], detail: string, more = {}) {
  const body = toProblem(problem(name, detail));
  return {
    statusCode: String(body.status),
    responseParameters: headersOf({ 'Content-Type': 'application/problem+json', ...more }),
    // Under the only media type that AWS takes here.
    responseTemplates: { 'application/json': JSON.stringify(body) },
  };
}

/** A text in a mapping stands in quotes. */
function headersOf(more: Readonly<Record<string, string>>): Record<string, string> {
  const texts = {
    // Else a page could not read why it was refused: its browser would hide the answer.
    'Access-Control-Allow-Origin': '*',
    ...securityHeaders,
    ...more,
  };
  const mapped = Object.entries(texts).map(([name, text]) => [`${header}${name}`, `'${text}'`]);
  return { ...Object.fromEntries(mapped), [`${header}x-request-id`]: 'context.requestId' };
}
