// runtime/duckdb-fatal.test.ts: only what the engine calls fatal ends the process.
// Run by vitest; that a full disk is such a thing was seen on a small one.
import { expect, test } from 'vitest';
import { endIfFatal } from './duckdb-fatal.ts';

const INVALIDATED =
  'FATAL Error: Failed: database has been invalidated because of a previous fatal error. ' +
  'The database must be restarted prior to being used again.';

test.each([
  ['an engine that is invalidated', new Error(INVALIDATED), 1],
  ['a checkpoint that fails', new Error('FATAL Error: Failed to create checkpoint'), 1],
  ['a full disk at a commit', new Error('TransactionContext Error: No space left on device'), 0],
  ['a statement that is wrong', new Error('Parser Error: syntax error at "FATAL Error"'), 0],
  ['what is no error', 'FATAL Error', 0],
])('%s', (_what, error, ends) => {
  const ended: Error[] = [];
  endIfFatal(error, (reason) => ended.push(reason));
  expect(ended).toHaveLength(ends);
  for (const { message } of ended)
    expect(message).toMatch(/this process ends, to be started again/);
});
