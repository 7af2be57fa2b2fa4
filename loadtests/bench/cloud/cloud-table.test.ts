// cloud/cloud-table.test.ts: figures of blocks worked by hand, in lines that a terminal can hold.
// The whole bench is run by hand; what it measures with is tried here on the real servers, briefly.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloudText } from './cloud-table.ts';
import { type CloudBlock, measureCloud } from './measure-cloud.ts';

const block = (cpuUs: number, discarded = false): CloudBlock => ({
  throughputs: [
    { name: 'bare node:http', messagesPerSecond: 10_000, cpuUs: 100, ofTheLimit: 1 },
    { name: 'by tens', messagesPerSecond: 5000, cpuUs, ofTheLimit: 100 / ((cpuUs * 10) / 3) },
  ],
  ...{ bareMs: 0.25, warmMs: 1, warmSdkMs: 2, coldMs: 120, bareStartMs: 40 },
  ...{ drainedPerSecond: 8000, otherShare: 0.01, discarded },
});

test('medians, ranges and ratios are those of the accepted blocks', () => {
  const text = cloudText([block(60), block(30), block(120), block(1, true)]);
  expect(text).toMatch(/by tens +5000 \(5000–5000\) +60 \(30–120\) +0\.50 \(0\.25–1\.00\)/);
  expect(text).toMatch(/warm invocation +1\.00 .* node:http 0\.25 .* 4\.0 \(4\.0–4\.0\)/);
  expect(text).toMatch(/cold start +120 .* node -e 0 40 .* 3\.0 \(3\.0–3\.0\)/);
  expect(text).toMatch('0.08 (0.08–0.08) invocations for each request');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('without an accepted block there is no figure', () => {
  expect(cloudText([block(60, true)])).toMatch('not measured: every block was discarded');
});

const closers: (() => Promise<void>)[] = [];
let blocks: CloudBlock[];
beforeAll(async () => {
  const defer = (close: () => Promise<void>) => void closers.push(close);
  const rest = { serverCore: undefined, defer, onStep: () => {} };
  blocks = await measureCloud({ blocks: 1, seconds: 0.2, ...rest });
}, 60_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test('messages go through by either way, and nothing beats the bare server', () => {
  const [first] = blocks;
  const names = first?.throughputs.map(({ name }) => name);
  expect(names).toEqual([
    'bare node:http',
    'one by one',
    'by tens',
    'one by one, SDK',
    'by tens, SDK',
  ]);
  for (const { messagesPerSecond } of first?.throughputs ?? [])
    expect(messagesPerSecond).toBeGreaterThan(0);
  expect(first?.warmMs).toBeGreaterThan(first?.bareMs as number);
  expect(first?.coldMs).toBeGreaterThan(first?.warmMs as number);
  expect(first?.drainedPerSecond).toBeGreaterThan(0);
});
