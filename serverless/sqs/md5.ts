// sqs/md5.ts: the digests that SQS answers with, so that a client can see that nothing got lost.
// Called for every message that is sent or received; not for security.
import { createHash } from 'node:crypto';
import type { AttributeValue, AttributeValues } from './message.ts';

/** Of the text in UTF-8, in hexadecimal. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

const textMark = Buffer.from([1]);
const binaryMark = Buffer.from([2]);

/**
 * "Calculating the MD5 message digest for message attributes": sorted by name, each with its type
 * and its value; before each of the three stands its length in four bytes.
 * @returns undefined without attributes: the answer then has no digest
 */
export function md5OfAttributes(attributes: AttributeValues): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const value = attributes[name] as AttributeValue;
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(value.DataType)));
    hash.update(encodedValue(value));
  }
  return hash.digest('hex');
}

function encodedValue({ DataType, StringValue = '', BinaryValue = '' }: AttributeValue): Buffer {
  return DataType.startsWith('Binary')
    ? Buffer.concat([binaryMark, withLength(Buffer.from(BinaryValue, 'base64'))])
    : Buffer.concat([textMark, withLength(Buffer.from(StringValue))]);
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
