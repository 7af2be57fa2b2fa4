// sqs/message-attributes.ts: reads the attributes of a message, and refuses those that do not fit.
// Called by draft.ts for what is sent; "Amazon SQS message metadata".
import { invalid } from './errors.ts';
import { mostMessageAttributes } from './limits.ts';
import type { AttributeValue, AttributeValues } from './message.ts';
import { type Input, isObject } from './parameters.ts';

/** @throws InvalidParameterValue (400) naming the attribute */
export function readMessageAttributes(input: Input): AttributeValues {
  const given = input.MessageAttributes ?? {};
  if (!isObject(given)) throw invalid('MessageAttributes must be an object.');
  const entries = Object.entries(given);
  if (entries.length > mostMessageAttributes)
    throw invalid(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum ` +
        `[${mostMessageAttributes}].`,
    );
  return Object.fromEntries(
    entries.map(([name, value]) => [checked(name), readValue(name, value)]),
  );
}

/** @returns the one system attribute that can be sent */
export function readTraceHeader(input: Input): string | undefined {
  const given = input.MessageSystemAttributes ?? {};
  if (!isObject(given)) throw invalid('MessageSystemAttributes must be an object.');
  for (const name of Object.keys(given))
    if (name !== 'AWSTraceHeader')
      throw invalid(`Message system attribute name '${name}' is invalid.`);
  const value = given.AWSTraceHeader;
  return value === undefined ? undefined : readValue('AWSTraceHeader', value).StringValue;
}

/** Letters, digits, `_`, `-` and single dots inside; not the names that AWS keeps for itself. */
function checked(name: string): string {
  const isName = /^[\w-]+(\.[\w-]+)*$/.test(name) && name.length <= 256;
  if (!isName || /^(aws|amazon)\./i.test(name))
    throw invalid(`Message (user) attribute name '${name}' is invalid.`);
  return name;
}

function readValue(name: string, given: unknown): AttributeValue {
  if (!isObject(given)) throw invalid(`Message (user) attribute '${name}' must be an object.`);
  const { DataType, StringValue, BinaryValue } = given;
  const [kind] = /^(String|Number|Binary)(?=$|\.)/.exec(String(DataType ?? '')) ?? [];
  if (typeof DataType !== 'string' || kind === undefined || DataType.length > 256)
    throw invalid(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following ` +
        'supported type prefixes: Binary, Number, String.',
    );
  const value = kind === 'Binary' ? BinaryValue : StringValue;
  if (typeof value !== 'string' || value === '')
    throw invalid(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`,
    );
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  return kind === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value };
}
