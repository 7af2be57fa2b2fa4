// api-gateway/binary.ts: which bodies go through as base64. "Working with binary media types".
// Called by proxy-event.ts for what comes in and by proxy-response.ts for what goes out.
import { bareMediaType, type HeaderLists, headerOf } from './call.ts';
import type { RestApi } from './rest-api.ts';

type BinaryTypes = Pick<RestApi, 'binaryMediaTypes'>;

/** @param mediaType without parameters */
export function isBinary(
  { binaryMediaTypes }: BinaryTypes,
  mediaType: string | undefined,
): boolean {
  return binaryMediaTypes.some(
    (type) => type === '*/*' || (mediaType !== undefined && bareMediaType(type) === mediaType),
  );
}

/** A client gets bytes only when the first type that it accepts is a binary one of the API. */
export function acceptsBinary(api: BinaryTypes, headers: HeaderLists): boolean {
  const [first] = (headerOf(headers, 'accept') ?? '').split(',');
  return isBinary(api, first === undefined || first === '' ? undefined : bareMediaType(first));
}
