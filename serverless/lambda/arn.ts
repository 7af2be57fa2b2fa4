// lambda/arn.ts: the names of a function: plain, with a qualifier, as part of an ARN or as a whole one.
// Called by functions.ts (to find one) and by whoever shows one.
import { invalidParameter } from './errors.ts';

export const region = 'us-east-1';
export const accountId = '000000000000';

/** `version` is `$LATEST` or a number; without it the ARN is unqualified. */
export function functionArn(name: string, version?: string): string {
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  return version === undefined ? arn : `${arn}:${version}`;
}

const forms =
  /^(?:(?:arn:aws:lambda:)?(?:[a-z]+-[a-z]+-\d:)?\d{12}:function:)?([\w-]{1,64})(?::(\$LATEST|[\w-]+))?$/;

/**
 * Reads every form that "Invoke" allows: `name`, `name:1`, `000000000000:function:name`, a full ARN.
 * @throws InvalidParameterValueException when it is none of them
 */
export function parseFunctionName(text: string): { name: string; qualifier?: string } {
  const [, name, qualifier] = forms.exec(text) ?? [];
  if (name === undefined) throw invalidParameter(`${text} is no name and no ARN of a function.`);
  return qualifier === undefined ? { name } : { name, qualifier };
}
