// sqs/parameters.ts: reads the parameters of a request, and refuses those that do not fit.
// Called by the actions; the sentences are AWS's own where AWS has one.
import { invalid, invalidValue, missing } from './errors.ts';

/** A JSON object that a client sent: nothing in it is sure. */
export type Input = Readonly<Record<string, unknown>>;

/** @throws MissingParameter when it is not there or empty */
export function requiredText(input: Input, name: string): string {
  const text = optionalText(input, name);
  if (text === undefined || text === '') throw missing(name);
  return text;
}

/** @throws InvalidParameterValue when it is no text */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidValue(name, JSON.stringify(value), 'Must be a string.');
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** @throws InvalidParameterValue when it is no whole number of the range, ends included */
export function optionalWhole(input: Input, name: string, range: Range): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  const { least, most } = range;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most)
    return Number(value);
  throw invalidValue(
    name,
    JSON.stringify(value),
    `Must be between ${least} and ${most}, if provided.`,
  );
}

/** @returns [] when it is not there */
export function textList(input: Input, name: string): string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalidValue(name, JSON.stringify(value), 'Must be a list of strings.');
}

/** @returns {} when it is not there */
export function textMap(input: Input, name: string): Record<string, string> {
  const value = input[name] ?? {};
  if (!isObject(value)) throw invalidValue(name, JSON.stringify(value), 'Must be an object.');
  for (const [key, text] of Object.entries(value))
    if (typeof text !== 'string')
      throw invalid(
        `Value ${JSON.stringify(text)} of ${name}.${key} is invalid: must be a string.`,
      );
  return value as Record<string, string>;
}

export function isObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
