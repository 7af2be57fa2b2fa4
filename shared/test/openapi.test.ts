// test/openapi.test.ts: the published document keeps its rules, is up to date, and breaks nobody.
// Run by `npm run check` among the architecture's tests; the rules are in loadtests/openapi.
import { expect, test } from 'vitest';
import { asText, contractDocument } from '../../loadtests/openapi/contract-document.ts';
import {
  breaksSinceRelease,
  drift,
  lintBreaches,
  quietBreak,
} from '../../loadtests/openapi/examine.ts';

test('the document of the contract keeps the rules of OpenAPI and our own', async () => {
  expect(await lintBreaches()).toEqual([]);
});

test('the committed document is what the contract says', () => {
  expect(drift()).toEqual([]);
  expect(drift(asText(contractDocument()).replace('orders', 'order'))).toHaveLength(1);
});

test('a program written for the last release still works', () => {
  expect(breaksSinceRelease()).toEqual([]);
});

test('a break is released only under a version whose first number has grown', () => {
  const released = contractDocument();
  const broken = (version: string) => ({
    ...released,
    info: { ...released.info, version },
    paths: { ...released.paths, '/orders': {} },
  });
  const told = expect.stringMatching(/^placeOrder: POST \/orders is gone$/);
  expect(quietBreak(released, broken('1.0.0'))).toEqual(told);
  expect(quietBreak(released, broken('1.9.0'))).toEqual(told);
  expect(quietBreak(released, broken('2.0.0'))).toBeUndefined();
  expect(quietBreak(released, released)).toBeUndefined();
});
