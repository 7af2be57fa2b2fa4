// sdk/sample.test.ts: examples of a call that are made from schemas alone.
import { expect, test } from 'vitest';
import { type ApiDocument, rowsOf } from '../openapi/document.ts';
import { sampleInput } from './sample.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function bodyOf(schemas: object): string[] {
  const content = { 'application/json': { schema: ref('Node') } };
  const post = { operationId: 'grow', requestBody: { content }, responses: {} };
  const info = { title: 'Trees', version: '1.0.0' };
  const paths = { '/trees': { post } };
  const document = { openapi: '3.1.0', info, paths, components: { schemas } } as ApiDocument;
  return rowsOf(document).flatMap((row) => sampleInput(document, row));
}

const object = (properties: object) => ({
  ...{ type: 'object', properties, required: Object.keys(properties) },
});

test('a text with line breaks, quotes and backslashes is JavaScript that says the same', () => {
  const text = `one\ntwo's "three" \\`;
  const [line = ''] = bodyOf({ Node: object({ name: { type: 'string', example: text } }) });
  const written = /'.*'/.exec(line)?.[0] ?? '';
  expect(new Function(`return ${written}`)()).toBe(text);
});

test('a schema that wants itself ends where it comes again', () => {
  const Node = object({ name: { type: 'string' }, next: ref('Node') });
  expect(bodyOf({ Node })).toEqual(["body: { name: 'text', next: null },"]);
});

test('the same by a detour and in a list; what merely comes twice is there twice', () => {
  const Node = object({ left: ref('Leaf'), right: ref('Leaf'), more: ref('List') });
  const Leaf = object({ size: { type: 'integer' } });
  const List = { type: 'array', minItems: 1, items: ref('Node') };
  expect(bodyOf({ Node, Leaf, List })).toEqual([
    'body: { left: { size: 1 }, right: { size: 1 }, more: [null] },',
  ]);
});
