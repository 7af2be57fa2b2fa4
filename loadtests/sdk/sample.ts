// sdk/sample.ts: an example of a call, made from the examples and bounds that a document gives.
// Pure; called by readme.ts.
import {
  type ApiDocument,
  type Keywords,
  type Parameter,
  type Row,
  resolved,
  type Schema,
} from '../openapi/document.ts';

/** The input of a call as JavaScript, one line a part; empty when it needs none. */
export function sampleInput(document: ApiDocument, row: Row): string[] {
  const part = (where: Parameter['in']) => {
    const needed = row.parameters.filter((one) => one.in === where && one.required);
    const values = needed.map(({ name, schema }) => [name, sampleOf(document, schema)]);
    return values.length === 0 ? [] : [`${where}: ${literal(Object.fromEntries(values))},`];
  };
  const [content] = Object.values(row.body?.content ?? {});
  const body =
    content === undefined ? [] : [`body: ${literal(sampleOf(document, content.schema))},`];
  return [...part('path'), ...part('query'), ...part('header'), ...body];
}

/** @param within the references that led here: what comes again in itself has no end, and is null */
function sampleOf(
  document: ApiDocument,
  schema: Schema | undefined,
  within: readonly unknown[] = [],
): unknown {
  const part = typeof schema === 'object' ? schema : {};
  if (part.$ref !== undefined && within.includes(part.$ref)) return null;
  const plain = resolved(document, part);
  const { examples, example, default: usual, const: only, enum: words } = plain;
  const given = [(examples as unknown[])?.[0], example, usual, only, (words as unknown[])?.[0]];
  const inner = (one: Schema | undefined) => sampleOf(document, one, [...within, part.$ref]);
  return given.find((value) => value !== undefined) ?? byType(plain, inner);
}

function byType(schema: Keywords, sample: (inner: Schema | undefined) => unknown): unknown {
  const { properties = {}, required = [], items, minItems = 0, minimum = 1 } = schema;
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (required as string[]).map((name) => [
          name,
          sample((properties as Record<string, Schema>)[name]),
        ]),
      );
    case 'array':
      return Number(minItems) > 0 ? [sample(items as Schema)] : [];
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}

/** As JSON, which escapes line breaks as well, but in single quotes. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1);
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** `{ id: 'prd_0001', quantity: 1 }` */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, one]) => {
    const key = /^[a-zA-Z_]\w*$/.test(name) ? name : literal(name);
    return `${key}: ${literal(one)}`;
  });
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
