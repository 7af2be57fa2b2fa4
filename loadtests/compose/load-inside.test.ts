// compose/load-inside.test.ts: a load container that failed, or that nobody answered, is named.
import { expect, test } from 'vitest';
import { wrongWithLoad } from './load-inside.ts';

const summary = (all: string) => `   0 s  1 of 1 ok

            sent   ok      p50      p90      p99   not ok
catalog       90   90   1.1 ms   2.2 ms   3.3 ms
${all}

50.0 of 50 a second left; sent late by p50 0.1 ms, p99 0.9 ms
✓ valid
rows  /dev/null
`;
const answered = summary('all          150  149   1.1 ms   2.2 ms   3.3 ms   1 refused');
const unanswered = summary('all          150    0        –        –        –   150 refused');
const url = 'http://gateway:4000';

test.each([0, 3])('load that is answered and ends with %i is fine', (code) => {
  expect(wrongWithLoad(url, { code, output: answered })).toEqual([]);
});

test.each([
  [2, 'Nothing answers at http://gateway:4000.\n', 'ended with 2: Nothing answers at'],
  [137, answered, 'ended with 137'],
  [0, '', 'ended without a summary'],
  [0, unanswered, 'None of 150 requests of the load on http://gateway:4000 was answered well.'],
])('load that ends with %i and %j is not', (code, output, sentence) => {
  expect(wrongWithLoad(url, { code, output })).toEqual([expect.stringContaining(sentence)]);
});
