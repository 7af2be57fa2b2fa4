// lab/definition.test.ts: a definition that is not well formed is refused with a sentence.
import { expect, test } from 'vitest';
import { checkDefinition, type Definition } from './definition.ts';
import { experiments } from './registry.ts';

test.each(experiments.map(({ definition }) => [definition.id, definition] as const))(
  'the definition of %s is well formed',
  (_, definition) => expect(() => checkDefinition(definition)).not.toThrow(),
);

const [first] = experiments.map(({ definition }) => definition);

test('a field that nobody knows is named', () => {
  const odd = { ...first, colour: 'red' } as unknown as Definition;
  expect(() => checkDefinition(odd)).toThrow(/not well defined: .*additional properties/);
});

test('a workload that cannot be sent is refused', () => {
  const workload = { ...first?.workload, scenario: 'parade' };
  const odd = { ...first, workload } as unknown as Definition;
  expect(() => checkDefinition(odd)).toThrow(/workload/);
});

test('a hypothesis about something that is not measured is named', () => {
  const hypotheses = [{ id: 'odd', text: 'Odd', metric: 'moonlight', arm: 'a' }];
  const odd = { ...first, hypotheses } as unknown as Definition;
  expect(() => checkDefinition(odd)).toThrow(/hypothesis odd judges moonlight/);
});
