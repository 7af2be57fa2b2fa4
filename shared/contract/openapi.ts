// contract/openapi.ts: the route table as an OpenAPI 3.1 document.
// Served at /openapi.json by every process, each with its own operations.
import type { TSchema } from 'typebox';
import { catalogue } from '../domain/problems.ts';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';

export interface ApiOf {
  component: string;
  title: string;
  baseUrl: string;
  operations: readonly Operation[];
}

/** A document of OpenAPI 3.1.0; TypeBox schemas go in as they are, for they are JSON Schema. */
export function openApiDocument({ component, title, baseUrl, operations }: ApiOf) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const row of operations) {
    const path = row.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: describe(row) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `The shop: ${component}`, description: title, version: '1.0.0' },
    servers: [{ url: baseUrl }],
    paths,
    components: {
      schemas: { Problem },
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    },
  };
}

function describe(row: Operation) {
  return {
    operationId: row.id,
    summary: row.summary,
    tags: [row.feature],
    ...((row.access === 'customer' || row.access === 'instructor') && {
      security: [{ apiKey: [] }],
    }),
    parameters: [
      ...parameters('path', row.params),
      ...parameters('query', row.query),
      ...(row.idempotent ? [idempotencyKey] : []),
      ...(row.later ? [prefer] : []),
    ],
    ...(row.body && { requestBody: { required: true, content: jsonOf(row.body) } }),
    responses: {
      [row.status]: { description: 'Done', content: jsonOf(row.answer) },
      ...(row.later && { 202: { ...accepted, content: jsonOf(row.answer) } }),
      default: { description: problems, content: { 'application/problem+json': { schema } } },
    },
  };
}

const schema = { $ref: '#/components/schemas/Problem' };
const problems = `A problem; its code is one of ${Object.values(catalogue)
  .map(([, code]) => code)
  .join(', ')}`;

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Same key and body, same answer; same key and another body, 422',
  schema: { type: 'string', minLength: 1, maxLength: 100 },
};

const prefer = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description: 'respond-async: do not wait for the end, answer 202 and say where to look for it',
  schema: { type: 'string', examples: ['respond-async'] },
};

/** Given only to who has asked for it, and says so (RFC 7240). */
const accepted = {
  description: 'Begun, for a caller who prefers not to wait',
  headers: {
    Location: { description: 'Where to look for the end', schema: { type: 'string' } },
    'Preference-Applied': { description: 'respond-async', schema: { type: 'string' } },
  },
};

const jsonOf = (body: TSchema) => ({ 'application/json': { schema: body } });

function parameters(where: 'path' | 'query', object: TSchema | undefined) {
  const { properties = {}, required = [] } = (object ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
}
