// audit/print-result.ts: an audit's result as a short table for people and as JSON for programs.
// Called by commands/audit.ts.
import { bold, dim, green, red, table } from '../commands/lib/format.ts';
import type { Told } from './evidence.ts';
import type { Finding } from './invariants.ts';
import type { AuditResult } from './run-audit.ts';

const offendersShown = 10;

/** Several lines, without a newline at the end. */
export function printed(result: AuditResult): string {
  const { target, told, elapsedMs, findings } = result;
  const counts = countsOf(told);
  const took = dim(`${told.length} checkouts in ${(elapsedMs / 1000).toFixed(1)} s`);
  const rejected = Object.entries(counts.rejectedBy).map(([code, count]) => `${code} ${count}`);
  const rows = [
    ['acknowledged', String(counts.acknowledged), `${counts.cancelled} of them cancelled`],
    ['rejected', String(counts.rejected), rejected.join(', ')],
    ['unknown', String(counts.unknown), 'must be 0'],
    ['kills', String(killsOf(result)), named(result.kills)],
    ['restarts', String(result.restarts), ''],
    ['retries', String(counts.retries), 'with the same Idempotency-Key'],
  ];
  const lines = [table(rows, [1]), '', findings.map(printedFinding).join('\n'), totalsOf(result)];
  return `${bold(target)}  ${took}\n${lines.join('\n').replaceAll(/^(?=.)/gm, '  ')}`;
}

/** The same as one object; offenders are complete. */
export function asJson(result: AuditResult): object {
  const { told, ...rest } = result;
  return { ...rest, ...countsOf(told), holds: holds(result) };
}

export function holds({ findings }: AuditResult): boolean {
  return findings.every(({ offenders }) => offenders.length === 0);
}

function countsOf(told: readonly Told[]) {
  const having = (verdict: Told['verdict']) => told.filter((one) => one.verdict === verdict);
  const rejectedBy: Record<string, number> = {};
  for (const { code = 'no code' } of having('rejected'))
    rejectedBy[code] = (rejectedBy[code] ?? 0) + 1;
  return {
    acknowledged: having('confirmed').length,
    cancelled: told.filter(({ cancellation }) => cancellation === 'acknowledged').length,
    rejected: having('rejected').length,
    rejectedBy: Object.fromEntries(Object.entries(rejectedBy).toSorted((a, b) => b[1] - a[1])),
    unknown: having('unknown').length,
    retries: told.reduce((sum, { attempts }) => sum + attempts - 1, 0),
  };
}

function killsOf({ kills }: AuditResult): number {
  return Object.values(kills).reduce((sum, count) => sum + count, 0);
}

function named(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function printedFinding({ name, figures, offenders }: Finding): string {
  if (offenders.length === 0) return `${green('✓')} ${name} ${dim(`(${figures})`)}`;
  const shown = offenders.slice(0, offendersShown).map((offender) => `\n    ${offender}`);
  const more = offenders.length - shown.length;
  const rest = more > 0 ? `\n    and ${more} more; --json names them all` : '';
  return `${red('✗')} ${name} (${figures})${shown.join('')}${rest}`;
}

function totalsOf({ totals: { soldCents, chargedCents, bookedCents } }: AuditResult): string {
  const euros = (cents: number) => `${(cents / 100).toFixed(2)} EUR`;
  const books = bookedCents === undefined ? '' : `, in the books ${euros(bookedCents)}`;
  return `\nsold ${euros(soldCents)}, charged ${euros(chargedCents)}${books}`;
}
