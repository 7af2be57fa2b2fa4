// progress.test.ts: what is shown while a comparison runs, with and without a terminal.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function screen(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => String(stream.read() ?? ''),
  };
}

const tally = (ok: number, refused: number) => ({
  sent: ok + refused,
  outcomes: { ok, slow: 0, degraded: 0, wrong: 0, error: 0, refused, hung: 0, dropped: 0 },
  latency: null,
});

test('without a terminal each step is one line', () => {
  const { stream, text } = screen(false);
  const progress = createProgress(stream, false);
  progress.phase({ target: 'monolith', phase: 'crash', component: 'payments', lengthMs: 6000 });
  progress.end();
  expect(text()).toBe('  monolith       payments crashed, 6 s\n');
});

test('on a terminal a bar a second shows the share that was good, and nothing is left behind', () => {
  const { stream, text } = screen(true);
  const progress = createProgress(stream, false, () => 0);
  progress.phase({ target: 'monolith', phase: 'steady', lengthMs: 1000 });
  text();
  for (const [second, ok] of [10, 0, 10].entries()) {
    progress.second('monolith', { second, final: true, features: { catalog: tally(ok, 10 - ok) } });
  }
  progress.phase({ target: 'monolith', phase: 'crash', component: 'orders', lengthMs: 1000 });
  const shown = text();
  expect(shown).toContain('█▁█ 0/10 ok  10 refused');
  const height = shown.split('\n').length - 1;
  progress.end();
  expect(text()).toContain(`\u001b[${height}A\u001b[J`);
});

test('a line never outgrows the terminal, however long the run', () => {
  const { stream, text } = screen(true);
  const progress = createProgress(stream, false, () => 0);
  progress.phase({ target: 'microservices', phase: 'steady', lengthMs: 1000 });
  for (let second = 0; second < 200; second += 1) {
    progress.second('', { second, final: true, features: { notifications: tally(3, 0) } });
  }
  text();
  progress.phase({ target: 'microservices', phase: 'check', lengthMs: 0 });
  progress.end();
  const widths = text()
    .split('\n')
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(80);
});
