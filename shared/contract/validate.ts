// contract/validate.ts: does a request fit the contract? One answer for every framework.
// Called by both chassis; the load generator checks answers with `fits`.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { type Problem, problem } from '../domain/problems.ts';
import type { Input, Operation } from './operation.ts';

export type Part = 'params' | 'query' | 'body';
export type Validated = { value: unknown } | { error: Problem };

const options = {
  useDefaults: true,
  allErrors: true,
  discriminator: true,
  strict: false,
  // An error then brings its schema, which knows what would have fitted.
  verbose: true,
  // That these are schemas is tested once, and not at every start of every process: a quarter second.
  validateSchema: false,
  meta: false,
} as const;
const asSent = withFormats(new Ajv(options));
/** Paths and queries are text: "20" is the number 20 there, but never in a body. */
const fromText = withFormats(new Ajv({ ...options, coerceTypes: true }));
const MOST_ERRORS = 10;

/**
 * The check of one part of a request, compiled when it is first needed: most processes never read most.
 * @returns a function that fills in defaults (in place) and gives the value, or the problem
 *   INVALID_REQUEST (400) with up to 10 `errors`, each saying where and what
 */
export function partValidator(schema: TSchema, part: Part): (data: unknown) => Validated {
  let check: ValidateFunction | undefined;
  return (data) => {
    check ??= (part === 'body' ? asSent : fromText).compile(schema);
    if (check(data)) return { value: data };
    return { error: invalid(part, check.errors ?? []) };
  };
}

/**
 * Reads a whole request for frameworks that do not validate by themselves.
 * @throws the problem of the first part that does not fit, in the order params, body, query
 */
export function inputReader<Op extends Operation>(operation: Op): (raw: Input<Op>) => Input<Op> {
  const parts = (['params', 'body', 'query'] as const).flatMap((part) => {
    const schema = operation[part];
    return schema === undefined ? [] : [{ part, read: partValidator(schema, part) }];
  });
  return (raw) => {
    for (const { part, read } of parts) {
      const found = read(raw[part] ?? null);
      if ('error' in found) throw found.error;
    }
    return raw;
  };
}

/** Compiles the check of an answer: null when it fits, else what does not. */
export function fits(schema: TSchema): (data: unknown) => string | null {
  const check = asSent.compile(schema);
  return (data) => (check(data) ? null : asSent.errorsText(check.errors, { dataVar: 'answer' }));
}

function invalid(part: Part, found: ErrorObject[]): Problem {
  const errors = found.slice(0, MOST_ERRORS).map((error) => ({
    at: part + error.instancePath,
    problem: sentence(error),
  }));
  const first = errors[0] ?? { at: part, problem: 'does not fit' };
  return problem('invalidRequest', `${first.at} ${first.problem}.`, { errors });
}

function sentence({ keyword, message, params, parentSchema }: ErrorObject): string {
  if (keyword === 'additionalProperties') return `does not take ${params.additionalProperty}`;
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`;
  if (keyword === 'discriminator')
    return `must have a ${params.tag}: ${kindsOf(parentSchema, params.tag)}`;
  return message ?? 'does not fit';
}

/** Of a union whose members differ in the word that stands at `tag`. */
function kindsOf(union: ErrorObject['parentSchema'], tag: string): string {
  const members: { properties: Record<string, { const?: unknown }> }[] = union?.oneOf ?? [];
  return members.map(({ properties }) => properties[tag]?.const).join(', ');
}

function withFormats(ajv: Ajv): Ajv {
  // The package is CommonJS: its default export sits one level deeper than its types say.
  const add = addFormats as unknown as { default?: (ajv: Ajv, names: string[]) => void };
  (add.default ?? (addFormats as unknown as (ajv: Ajv, names: string[]) => void))(ajv, [
    'date',
    'date-time',
  ]);
  return ajv;
}
