// commands/lab/load-text.ts: a second of load as a line, and the whole of it as a table.
// Pure; printed by load.ts.
import { outcomes } from '../../load/outcome.ts';
import type { LiveSecond } from '../../load/run-attack.ts';
import type { AttackSummary } from '../../load/summary.ts';
import type { Tally } from '../../load/tally.ts';
import { msWords, together, togetherWords } from '../../screen/live-words.ts';
import { table } from '../lib/format.ts';

/** `  12 s  48 of 50 ok, 2 refused, p99 at most 12.3 ms` */
export function secondLine(second: LiveSecond): string {
  return `${String(second.second).padStart(4)} s  ${togetherWords(together([second]))}`;
}

/** @param rowsFile as it is to be printed */
export function summaryText(summary: AttackSummary, rowsFile: string): string {
  const { byFeature, lagMsP50, lagMsP99, achievedRps, rateRps, invalid } = summary;
  const rows = [
    ...Object.entries(byFeature).sort(([one], [other]) => (one < other ? -1 : 1)),
    ['all', summary] as const,
  ];
  const head = ['', 'sent', 'ok', 'p50', 'p90', 'p99', 'not ok'];
  const lag = `sent late by p50 ${msWords(lagMsP50)}, p99 ${msWords(lagMsP99)}`;
  return [
    table([head, ...rows.map(([name, tally]) => rowOf(name, tally))], [1, 2, 3, 4, 5]),
    '',
    `${achievedRps.toFixed(1)} of ${rateRps} a second left; ${lag}`,
    ...(invalid.length === 0 ? ['✓ valid'] : invalid.map((why) => `✗ NOT VALID: ${why}`)),
    `rows  ${rowsFile}`,
  ].join('\n');
}

function rowOf(name: string, { sent, outcomes: counts, latency }: Tally): string[] {
  const bad = outcomes
    .filter((outcome) => outcome !== 'ok' && counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome}`);
  const times =
    latency === null
      ? ['–', '–', '–']
      : [latency.latencyMsP50, latency.latencyMsP90, latency.latencyMsP99].map(msWords);
  return [name, String(sent), String(counts.ok), ...times, bad.join(', ')];
}
