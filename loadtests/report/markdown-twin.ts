// report/markdown-twin.ts: the page's twin for pull requests: the same words and tables, charts by link.
// Called by result-files.ts; knows no experiment.
import type { Figure, MatrixFigure } from '../lab/figure.ts';
import type { LabResult } from '../lab/result.ts';
import { byChance } from '../lab/words.ts';
import { NBSP } from './figures.ts';
import { claimLook, statusLooks, validityLook } from './looks.ts';
import { escapedMarkdown as escaped, markdownTable } from './markdown-table.ts';
import { comparisonSentence } from './page/comparison.ts';
import { conditionsOf } from './page/environment.ts';
import { levelLook, levels } from './palette.ts';
import { range, withInterval } from './quantity.ts';
import { storedResults } from './stable-json.ts';

/** Markdown as GitHub draws it; a run that is not valid opens with one of its alerts. */
export function markdownOf(results: readonly LabResult[]): string {
  const stored = storedResults(results).results;
  const opening = stored.length === 1 ? [] : overview(stored);
  const blocks = [...opening, ...stored.flatMap(experiment)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`.replaceAll(NBSP, ' ');
}

function overview(results: readonly LabResult[]): string[] {
  const rows = results.map((result) => [
    `${result.definition.code} ${result.definition.title}`,
    result.evaluation.sentence,
    validity(result),
  ]);
  return [
    `# ${escaped(comparisonSentence(results))}`,
    markdownTable(['Experiment', 'Verdict', 'Run'], rows),
  ];
}

function experiment(result: LabResult, at: number): string[] {
  const { definition, evaluation, command } = result;
  const reasons = bulleted(evaluation.reasons);
  return [
    evaluation.valid ? '' : alarm(evaluation.reasons),
    `## ${escaped(evaluation.sentence)}`,
    `**${validity(result)}** ${escaped(`${definition.code} ${definition.title}`)}`,
    evaluation.valid ? reasons : '',
    `_${escaped(definition.question)}_`,
    `Predicted: ${escaped(definition.prediction)}`,
    definition.formula === undefined ? '' : code(definition.formula),
    verdicts(result),
    effects(result),
    ...definitionFigures(result, at),
    `### What this does not show\n\n${bulleted(definition.doesNotShow)}`,
    `### Repeat it\n\n${code(command)}`,
    bulleted(conditionsOf(result).map(([term, fact]) => `${term}: ${fact}`)),
  ];
}

function bulleted(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escaped(sentence)}`).join('\n');
}

function alarm(reasons: readonly string[]): string {
  const lines = reasons.map((reason) => `> - ${escaped(reason)}`);
  const title = '> [!CAUTION]\n> **✗ This run is not valid. Do not quote its numbers.**';
  return [title, ...lines].join('\n');
}

function validity(result: LabResult): string {
  const { symbol, word } = validityLook(result);
  const { accepted, discarded } = result.evaluation;
  return `${symbol} ${word}, ${accepted} blocks counted, ${discarded} discarded`;
}

function verdicts({ evaluation }: LabResult): string {
  if (evaluation.verdicts.length === 0) return '';
  const rows = evaluation.verdicts.map(({ text, predicted, measured, status, invariant }) => {
    const { symbol, word } = statusLooks[status];
    return [invariant ? `${text} (must hold)` : text, predicted, measured, `${symbol} ${word}`];
  });
  return markdownTable(['Prediction', 'Bounds', 'Measured', 'Verdict'], rows);
}

function effects(result: LabResult): string {
  if (result.evaluation.effects.length === 0) return '';
  const rows = result.evaluation.effects.map((effect) => {
    const { metric, arm, versus, ratio, aa } = effect;
    const { symbol, word } = claimLook(effect, result);
    const noise = aa?.low == null || aa.high === null ? '–' : range(aa.low, aa.high, '');
    const label = result.definition.metrics[metric]?.label ?? metric;
    return [
      label,
      `${arm} ÷ ${versus}`,
      `× ${withInterval(ratio, '')}`,
      noise,
      `${symbol} ${word}`,
    ];
  });
  const table = markdownTable(['Metric', 'Arms', 'Ratio', 'Noise (A/A)', 'Claim'], rows);
  return [table, byChance(result.evaluation.effects)].filter(Boolean).join('\n\n');
}

function definitionFigures({ figures }: LabResult, at: number): string[] {
  return figures.map((figure, of) => {
    const title = `### ${escaped(figure.title)}\n\n${escaped(figure.caption)}`;
    return `${title}\n\n${figureBody(figure) ?? `[On the page](./report.html#x${at}-f${of})`}`;
  });
}

function figureBody(figure: Figure): string | null {
  if (figure.kind === 'table') return markdownTable(figure.head, figure.rows);
  return figure.kind === 'matrix' ? matrix(figure) : null;
}

function matrix({ groups, columns }: MatrixFigure): string {
  const tables = groups.map(({ title, rows }) => {
    const body = rows.map(({ label, cells }) => [
      label,
      ...cells.map(({ text, level, note, own }) => {
        const parts = [levelLook(level).symbol, text, note ?? '', own === true ? '(own)' : ''];
        return [...new Set(parts)].filter((part) => part !== '').join(' ');
      }),
    ]);
    return `**${escaped(title)}**\n\n${markdownTable(['', ...columns], body)}`;
  });
  const legend = levels.map(levelLook).map(({ symbol, word }) => `${symbol} ${word}`);
  return [...tables, legend.join(', ')].join('\n\n');
}

/** Indented: no sign in it can end it. */
function code(text: string): string {
  return `    ${text.replace(/\p{Cc}+/gu, ' ')}`;
}
