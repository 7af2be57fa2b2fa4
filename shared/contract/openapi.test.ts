// contract/openapi.test.ts: the route table as a document that others can rely on.
// Run by vitest; the rules are those of OpenAPI 3.1 that can be checked by structure.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations.ts';

interface Described {
  operationId: string;
  tags: string[];
  security?: object[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}

const about = { component: 'shop', title: 'A shop.', baseUrl: 'http://127.0.0.1:3000' };
/** As others get it: after JSON. */
const document = JSON.parse(JSON.stringify(openApiDocument({ ...about, operations })));
const rows = Object.entries(document.paths as Record<string, Record<string, Described>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, row]) => ({ path, method, row })),
);
const described = (id: string) => {
  const found = rows.find(({ row }) => row.operationId === id);
  if (found === undefined) throw new Error(`${id} is not described.`);
  return found;
};

test('the document names its version, itself and where it is served', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: 'The shop: shop', description: 'A shop.' });
  expect(document.servers).toEqual([{ url: about.baseUrl }]);
});

test('every operation is described once, where it is', () => {
  expect(rows).toHaveLength(operations.length);
  for (const { id, method, path, feature } of operations) {
    const found = described(id);
    expect([found.method.toUpperCase(), found.path.replace(/\{(\w+)\}/g, ':$1')]).toEqual([
      method,
      path,
    ]);
    expect(found.row.tags).toEqual([feature]);
  }
});

test('every parameter in a path is declared, required, and in the path', () => {
  for (const { path, row } of rows) {
    const inPath = row.parameters.filter((parameter) => parameter.in === 'path');
    const templated = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(inPath.map(({ name }) => name)).toEqual(templated);
    expect(inPath.every(({ required }) => required)).toBe(true);
  }
});

test('a query parameter is required exactly where the contract says so', () => {
  const requiredOf = (id: string) =>
    described(id).row.parameters.map(({ name, required }) => `${name}${required ? '' : '?'}`);
  expect(requiredOf('listProducts')).toEqual(['category?', 'q?', 'limit?', 'cursor?']);
  expect(requiredOf('listOrders')).toEqual(['customerId', 'limit?', 'cursor?']);
  expect(requiredOf('revenueReport')).toEqual(['by', 'from?', 'to?']);
});

test('a key is asked for exactly where somebody needs one', () => {
  for (const { id, access } of operations) {
    expect(described(id).row.security).toEqual(
      access === 'customer' || access === 'instructor' ? [{ apiKey: [] }] : undefined,
    );
  }
  expect(document.components.securitySchemes.apiKey).toEqual({
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
  });
});

test('an Idempotency-Key is offered exactly where one is honoured', () => {
  for (const { id, idempotent } of operations) {
    const names = described(id).row.parameters.map(({ name }) => name);
    expect(names.includes('Idempotency-Key')).toBe(idempotent === true);
  }
});

test('every operation says what it answers, and how it refuses', () => {
  for (const { id, status, body, later } of operations) {
    const { responses, requestBody } = described(id).row;
    expect(Object.keys(responses)).toEqual([String(status), ...(later ? ['202'] : []), 'default']);
    expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json']);
    expect(responses.default?.description).toContain('OUT_OF_STOCK');
    expect(requestBody?.required).toBe(body === undefined ? undefined : true);
  }
});

describe('the schemas', () => {
  const text = JSON.stringify(document);

  test('refer to nothing that is not there', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBe(operations.length);
    for (const reference of references) {
      const steps = reference.split('/');
      expect(steps.reduce((at, step) => at?.[step], document)).toBeDefined();
    }
  });

  test('are JSON Schema 2020-12, as OpenAPI 3.1 wants, and carry nothing of TypeBox', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    (addFormats as unknown as (on: Ajv2020) => void)(ajv);
    const schemas = rows.flatMap(({ row }) => [
      ...row.parameters.map(({ schema }) => schema),
      ...Object.values(row.requestBody?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(row.responses)
        .filter((_, at) => at === 0)
        .flatMap(({ content }) => Object.values(content).map(({ schema }) => schema)),
    ]);
    expect(schemas.length).toBeGreaterThan(operations.length);
    for (const schema of schemas) expect(() => ajv.compile(schema)).not.toThrow();
    expect(text).not.toMatch(/"~|"nullable"/);
  });
});
