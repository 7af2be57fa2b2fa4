// runtime/body.ts: bytes to JSON, with the same refusals in both frameworks.
// Called by both chassis before validation.
import { Problem, problem } from '../domain/problems.ts';

/** One sentence for all: which of us looks first, framework or parseBody, differs by shape. */
const JSON_ONLY = 'Send application/json, without a Content-Encoding.';

/**
 * @returns the parsed body, or undefined when there is none
 * @throws MALFORMED_JSON (400), UNSUPPORTED_MEDIA_TYPE (415)
 */
export function parseBody(
  bytes: Buffer,
  type: string | undefined,
  coding: string | undefined,
): unknown {
  if (bytes.length === 0) return undefined;
  if (coding !== undefined && coding !== 'identity') {
    throw problem('unsupportedMediaType', JSON_ONLY);
  }
  if (!/^application\/json\s*(;|$)/i.test(type ?? '')) {
    throw problem('unsupportedMediaType', JSON_ONLY);
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw problem('malformedJson', 'The body cannot be parsed as JSON.');
  }
}

/** What a framework threw before our code ran, in our words; anything unknown stays as it is. */
export function fromFramework(error: unknown, limitBytes: number): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const { status, statusCode } = error as { status?: number; statusCode?: number };
  const known = status ?? statusCode;
  if (known === 413) return problem('bodyTooLarge', `The body may have ${limitBytes} bytes.`);
  if (known === 415) return problem('unsupportedMediaType', JSON_ONLY);
  if (error instanceof URIError || known === 400) {
    return problem('invalidRequest', 'The request cannot be read.', { errors: [] });
  }
  return error;
}
