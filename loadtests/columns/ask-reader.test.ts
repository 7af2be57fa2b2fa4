// columns/ask-reader.test.ts: who was stopped before the question asks nobody.
// Run by `npm test`.
import { expect, test } from 'vitest';
import { askReader } from './ask-reader.ts';

test('a question after Ctrl-C is refused at once', async () => {
  const stopped = AbortSignal.abort(new Error('Stopped.'));
  const task = { store: 'columns', folder: '/nowhere', seed: 1, work: { columns: 1 } };
  await expect(askReader(task, undefined, stopped)).rejects.toThrow('Stopped.');
});
