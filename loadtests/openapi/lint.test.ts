// openapi/lint.test.ts: each rule with a document that breaks it.
// The real one is held to them in shared/test/openapi.test.ts.
import { expect, test } from 'vitest';
import { contractDocument } from './contract-document.ts';
import { lintDocument } from './lint.ts';

type Damage = (paths: ReturnType<typeof JSON.parse>) => void;

const damages: [what: string, damage: Damage, told: string][] = [
  [
    'an operation without a name',
    (paths) => delete paths['/orders'].get.operationId,
    'operation-operationId',
  ],
  [
    'two operations of one name',
    (paths) => (paths['/orders'].get.operationId = 'placeOrder'),
    'operation-operationId-unique',
  ],
  [
    'an operation without a summary',
    (paths) => delete paths['/orders'].get.summary,
    'operation-summary',
  ],
  ['an operation without a tag', (paths) => (paths['/orders'].get.tags = []), 'has no tag'],
  [
    'an answer without a description',
    (paths) => delete paths['/orders'].get.responses[200].description,
    'struct',
  ],
  [
    'an answer with an empty description',
    (paths) => (paths['/orders'].get.responses[200].description = ' '),
    'listOrders describes its answer 200 with no word',
  ],
  [
    'an operation that never refuses',
    (paths) => delete paths['/orders'].get.responses.default,
    'listOrders does not say how it refuses',
  ],
  [
    'a refusal without a schema',
    (paths) => (paths['/orders'].get.responses[404] = { description: 'No.' }),
    'listOrders has no schema for its refusal 404',
  ],
  [
    'a parameter in the path that nobody declares',
    (paths) => (paths['/orders/{orderId}'].get.parameters = []),
    'path-parameters-defined',
  ],
  [
    'a reference to nothing',
    (paths) =>
      (paths['/orders'].get.responses.default = { $ref: '#/components/responses/Nothing' }),
    'no-unresolved-refs',
  ],
  [
    'an example that does not fit its schema',
    (paths) => (paths['/orders/{orderId}'].get.parameters[0].schema.examples = [7]),
    'no-invalid-schema-examples',
  ],
  [
    'a word of another type than its enum',
    (paths) => paths['/products'].get.parameters[0].schema.enum.push(7),
    'no-enum-type-mismatch',
  ],
  ['what is no OpenAPI at all', (paths) => (paths['/orders'].get.verb = 'fetch'), 'struct'],
];

test.each(damages)('the lint names %s', async (_, damage, told) => {
  const document = contractDocument();
  damage(document.paths);
  const breaches = await lintDocument(document);
  expect(breaches.join('\n')).toContain(told);
});
