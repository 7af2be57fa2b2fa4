// report/markdown.ts: the report for pull requests and the README, in tables that GitHub draws.
// Called by write-reports.ts; says the same as the page, without its charts.
import { features } from '@lab/shared/contract/operation.ts';
import type { ComparisonResult, CrashResult, TargetResult } from '../experiments/result.ts';
import { doubts, type Fates, fates, reachSentence, touchesOf } from './blast.ts';
import { NBSP, span } from './figures.ts';
import { levelLook, levels } from './palette.ts';
import { type ScoreTable, scoreboard } from './scoreboard.ts';

/** @returns Markdown as GitHub draws it; an invalid run opens with one of its alerts */
export function markdownReport(result: ComparisonResult): string {
  const { config, findings, targets, doesNotShow, command } = result;
  const names = targets.map(({ name }) => name);
  const blocks = [
    ...warning(result),
    `## ${escaped(result.sentence)}`,
    `_${escaped(result.question)}_`,
    table(
      ['', 'We predicted', 'We measured'],
      findings.map(({ held, prediction, measured }) => [held ? '✓' : '✗', prediction, measured]),
    ),
    '### What one crash takes with it',
    `Share of requests lost in the ${span(config.holdMs)} after a crash, and for how long.`,
    ...targets.map(matrix),
    legend(),
    '### Same fault, different victim',
    table(['crashed', ...names], fates(result).map(fateRow)),
    '### The whole account',
    ...scoreboard(result).map((part) => scoreTable(part, names)),
    ...orderProblems(targets),
    `### What this does not show\n\n${doesNotShow.map((limit) => `- ${escaped(limit)}`).join('\n')}`,
    `### Repeat it\n\n    ${command.replace(/\p{Cc}+/gu, ' ')}`,
    origin(result),
  ];
  return `${blocks.join('\n\n')}\n`.replaceAll(NBSP, ' ');
}

function warning(result: ComparisonResult): string[] {
  const reasons = doubts(result).map((reason) => `> - ${escaped(reason)}`);
  if (reasons.length === 0) return [];
  const title = '> [!CAUTION]\n> **✗ This run is not valid. Do not quote its numbers.**';
  return [[title, ...reasons].join('\n')];
}

function matrix(target: TargetResult): string {
  const rows = target.crashes.map((crash) => [crash.component, ...matrixCells(crash)]);
  const title = `**${escaped(target.name)}** ${escaped(reachSentence(target))}`;
  return `${title}\n\n${table(['crashed', ...features], rows)}`;
}

function matrixCells(crash: CrashResult): string[] {
  return touchesOf(crash).map(({ level, share, duration }) =>
    [levelLook(level).symbol, share, duration].filter((part) => part !== '').join(' '),
  );
}

function legend(): string {
  const entries = levels.map(levelLook).map(({ symbol, means }) => `${symbol} ${means}`);
  return entries.join(', ');
}

function fateRow({ component, byTarget }: { component: string; byTarget: Fates[] }): string[] {
  const cells = byTarget.map(({ list, absence }) =>
    list.length === 0
      ? absence
      : list.map(({ process, words, touched }) => `${process}, ${words}; ${touched}`).join('; '),
  );
  return [component, ...cells];
}

function scoreTable({ title, caption, rows }: ScoreTable, names: readonly string[]): string {
  const body = rows.map(({ label, values, ratios }) => [
    label,
    ...values.map((value, at) => (ratios[at] ? `${value} (${ratios[at]})` : value)),
  ]);
  return `**${title}.** ${caption}\n\n${table(['', ...names], body, '---:')}`;
}

function orderProblems(targets: readonly TargetResult[]): string[] {
  const lines = targets.flatMap(({ name, orders }) =>
    orders.problems.map((problem) => `- ✗ ${escaped(name)}: ${escaped(problem)}`),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function origin({ runId, environment, config }: ComparisonResult): string {
  const { commit, dirty, node, platform, cpu, cores } = environment;
  const code = `commit ${commit}${dirty ? ' with changes' : ''}`;
  const load = `${config.rateRps} requests a second, seed ${config.seed}`;
  return escaped(`${runId}: ${load}; ${code}; Node ${node}, ${platform}, ${cpu}, ${cores} cores.`);
}

function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align = '---',
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = header.map((_, at) => (at === 0 ? '---' : align));
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Names come from outside: none may open a tag, a link, a cell or a code span. */
function escaped(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/[\\`*_[\]|#~]/g, '\\$&');
}
