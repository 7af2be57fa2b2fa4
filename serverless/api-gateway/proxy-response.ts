// api-gateway/proxy-response.ts: what a function returned, as the answer that the client gets.
// Called by answer-call.ts. "Lambda proxy integrations in API Gateway": output format.
import { type Answer, isHeader } from './call.ts';
import { GatewayError } from './gateway-error.ts';

const fields = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/** None of the fields must be there; `{}` is a 200 without a body. */
interface ProxyResponse {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/**
 * @param payload JSON
 * @param acceptsBinary whether base64 is decoded for this client; else it goes out as it is
 * @throws GatewayError (502) for any other form than the documented one: another field, a body that
 *   is no text, a header that is neither text nor a boolean, a status that is none
 */
export function proxyResponse(payload: string, acceptsBinary: boolean): Answer {
  const response = parse(payload);
  const { body = null, isBase64Encoded } = response;
  if (body !== null && typeof body !== 'string') throw malformed();
  const encoding = isBase64Encoded === true && acceptsBinary ? 'base64' : 'utf8';
  const headers = headersOf(response);
  return {
    status: statusOf(response.statusCode ?? 200),
    headers: { ...headers, 'content-type': headers['content-type'] ?? 'application/json' },
    body: Buffer.from(body ?? '', encoding),
  };
}

function malformed(): GatewayError {
  return new GatewayError('DEFAULT_5XX');
}

function parse(payload: string): ProxyResponse {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    throw malformed();
  }
  if (!isRecord(value) || Object.keys(value).some((key) => !fields.includes(key)))
    throw malformed();
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `"201"` will do as well. */
function statusOf(given: unknown): number {
  const status = typeof given === 'string' && given !== '' ? Number(given) : given;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599)
    return status;
  throw malformed();
}

/** "Merged into a single list"; a pair that is in both is listed once. */
function headersOf({
  headers,
  multiValueHeaders,
}: ProxyResponse): Record<string, string | string[]> {
  const lists = new Map<string, string[]>();
  const add = (name: string, value: unknown) => {
    const key = outgoingName(name);
    const list = lists.get(key) ?? [];
    const text = checked(name, value);
    if (!list.includes(text)) lists.set(key, [...list, text]);
  };
  for (const [name, values] of Object.entries(recordOf(multiValueHeaders))) {
    if (!Array.isArray(values)) throw malformed();
    for (const value of values) add(name, value);
  }
  for (const [name, value] of Object.entries(recordOf(headers))) add(name, value);
  return Object.fromEntries(
    [...lists].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? '') : list]),
  );
}

function recordOf(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw malformed();
  return value;
}

function checked(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'boolean') throw malformed();
  if (!isHeader(name, String(value))) throw malformed();
  return String(value);
}

// "Amazon API Gateway important notes": those that a backend may not set for the gateway.
const remapped =
  /^(authorization|connection|content-length|content-md5|date|expect|host|max-forwards|server|te|trailer|transfer-encoding|upgrade|user-agent|warn|www-authenticate)$/;

function outgoingName(name: string): string {
  const lower = name.toLowerCase();
  return remapped.test(lower) ? `x-amzn-remapped-${lower}` : lower;
}
