// lambda/report-line.test.ts: the lines of the log against examples worked by hand.
import { expect, test } from 'vitest';
import {
  billedDurationMs,
  endLine,
  initReportLine,
  type Report,
  reportLine,
  startLine,
} from './report-line.ts';

const warm: Report = {
  requestId: 'r-1',
  durationMs: 2.345,
  billedMs: 3,
  memorySizeMb: 128,
  maxMemoryUsedMb: 64.4,
  status: 'success',
};

test('a warm invocation has no Init Duration', () => {
  expect(reportLine(warm)).toBe(
    'REPORT RequestId: r-1\tDuration: 2.35 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\t' +
      'Max Memory Used: 64 MB\t',
  );
});

test('a cold start names its init', () => {
  expect(reportLine({ ...warm, initMs: 140.1 })).toMatch(/\tInit Duration: 140\.10 ms\t$/);
});

test('the status shows for a timeout and for a runtime that failed, not for a thrown error', () => {
  const type = { errorType: 'Runtime.ExitError' };
  expect(reportLine({ ...warm, status: 'timeout' })).toMatch(/\tStatus: timeout\t$/);
  expect(reportLine({ ...warm, ...type, status: 'error' })).toMatch(
    /\tStatus: error\tError Type: Runtime\.ExitError\t$/,
  );
  expect(reportLine({ ...warm, ...type, status: 'failure' })).toBe(reportLine(warm));
});

test('billed is what ran, with the init, rounded up to whole milliseconds', () => {
  expect(billedDurationMs(2.345)).toBe(3);
  expect(billedDurationMs(2.345, 140.1)).toBe(143);
  expect(billedDurationMs(0)).toBe(1);
});

test('START names the version, END the request, INIT_REPORT the phase', () => {
  expect(startLine('r-1', '$LATEST')).toBe('START RequestId: r-1 Version: $LATEST');
  expect(endLine('r-1')).toBe('END RequestId: r-1');
  expect(initReportLine(1236.04, 'init', 'timeout')).toBe(
    'INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout',
  );
});
