// report/terminal.test.ts: the terminal report fits, begins with what matters, and trusts no string.
import { expect, test } from 'vitest';
import { hostileResult, invalidResult, smallResult } from './fixtures/small-result.ts';
import { terminalReport } from './terminal.ts';

const ESCAPE = '\u001b';

function linesOf(result: typeof smallResult, columns: number): string[] {
  return terminalReport(result, { columns, colour: false }).split('\n');
}

test.each([40, 62, 76, 80, 100, 120, 200])('no line is wider than %i columns', (columns) => {
  for (const result of [smallResult, invalidResult, hostileResult]) {
    const tooWide = linesOf(result, columns).filter((line) => [...line].length > columns);
    expect(tooWide).toEqual([]);
  }
});

test('the verdict comes first, and the first word of a run that is not valid is a warning', () => {
  expect(linesOf(smallResult, 80)[1]).toBe(smallResult.sentence);
  expect(linesOf(invalidResult, 80)[1]).toBe('✗ THIS RUN IS NOT VALID. Do not quote its numbers.');
});

test('without colour there is no escape, with colour only the colours are added', () => {
  const plain = terminalReport(smallResult, { columns: 80, colour: false });
  const coloured = terminalReport(smallResult, { columns: 80, colour: true });
  expect(plain).not.toContain(ESCAPE);
  expect(coloured).toContain(ESCAPE);
  expect(coloured.replaceAll(/\p{Cc}\[\d+m/gu, '')).toBe(plain);
});

test('at 80 columns a cell is two lines high, at 120 columns one', () => {
  const [share, duration] = linesOf(smallResult, 80).filter((line, at, all) =>
    [line, all[at - 1] ?? ''].some((one) => one.startsWith('reports   █')),
  );
  expect(share).toBe('reports   █ 100 %  █ 100 %    █ 100 %  █ 100 %   █ 100 %        –');
  expect(duration).toMatch(/^ +3\.8 s +3\.5 s +3\.5 s +3\.0 s +3\.0 s$/);
  const wide = linesOf(smallResult, 120).find((line) => line.startsWith('reports   █'));
  expect(wide).toMatch(/^reports {3}█ 100 % 3\.8 s +█ 100 % 3\.5 s/);
});

test('a name cannot repaint the terminal', () => {
  expect(linesOf(hostileResult, 80).join('\n')).not.toContain(ESCAPE);
});

test('paths come last and whole, however narrow the terminal', () => {
  const path = `results/${'long-'.repeat(20)}name/report.html`;
  const lines = terminalReport(smallResult, { columns: 60, colour: false, files: [path] });
  expect(lines.endsWith(`Files ${path}\n`)).toBe(true);
});
