// report/page-tables.ts: predictions, totals, processes, orders and environment as tables of the page.
// Used by html.ts; every heading of a row or column says what it heads.
import type { ComparisonResult, ProcessResult, TargetResult } from '../experiments/result.ts';
import { ordersHold } from './blast.ts';
import { bytes, count, percent, seconds, span } from './figures.ts';
import { type Markup, markup, type Part, unseen } from './markup.ts';
import { type ScoreTable, scoreboard } from './scoreboard.ts';

/** What was predicted beside what was measured, in the order of the result. */
export function findingsTable({ findings }: ComparisonResult): Markup {
  const rows = findings.map(({ prediction, measured, held }) => {
    const sign = held
      ? markup`<span aria-hidden="true">✓</span>${unseen('held')}`
      : markup`<span aria-hidden="true">✗</span>${unseen('did not hold')}`;
    return markup`<tr class="${held ? 'held' : 'failed'}"><td class="mark">${sign}</td>
      <td>${prediction}</td><td>${measured}</td></tr>
`;
  });
  return markup`<table class="findings"><thead><tr><th scope="col">${unseen('Held?')}</th>
    <th scope="col">We predicted</th><th scope="col">We measured</th></tr></thead>
    <tbody>${rows}</tbody></table>`;
}

export function scoreTables(result: ComparisonResult): Markup {
  const names = result.targets.map(({ name }) => name);
  return markup`<div class="scores">${scoreboard(result).map((table) => scoreTable(table, names))}</div>`;
}

function scoreTable({ title, caption, rows }: ScoreTable, names: readonly string[]): Markup {
  const heads = names.map((name) => markup`<th scope="col">${name}</th>`);
  const body = rows.map(({ label, values, ratios }) => {
    const cells = values.map((value, at) => {
      const ratio = ratios[at] ?? null;
      return markup`<td>${ratio === null ? null : markup`<small>${ratio}</small> `}${value}</td>`;
    });
    return markup`<tr><th scope="row">${label}</th>${cells}</tr>
`;
  });
  return markup`<table class="score"><caption><strong>${title}</strong> ${caption}</caption>
    <thead><tr><td></td>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

export function orderNotes({ targets }: ComparisonResult): Markup {
  const notes = targets.map(({ name, orders }) => {
    if (ordersHold(orders)) {
      return markup`<li class="held">✓ <b>${name}</b>:
        every order that a customer was told of is there, whole.</li>`;
    }
    const problems = orders.problems.map((problem) => markup`<li>${problem}</li>`);
    return markup`<li class="failed">✗ <b>${name}</b>: ${count(orders.lost)} lost,
      ${count(orders.halfDone)} half done.<ul>${problems}</ul></li>`;
  });
  return markup`<ul class="notes">${notes}</ul>`;
}

export function processTables({ targets }: ComparisonResult): Markup {
  return markup`<div class="shapes">${targets.map(processTable)}</div>`;
}

function processTable({ name, processes }: TargetResult): Markup {
  const names = ['process', 'zip', 'start', 'RAM idle', 'RAM loaded', 'CPU', 'restarts'];
  const heads = names.map((head) => markup`<th scope="col">${head}</th>`);
  // It may scroll on a phone; the keyboard must be able to reach it then.
  return markup`<section class="scroll" tabindex="0" aria-label="Processes of ${name}">
    <table class="score dense"><caption><strong>${name}</strong></caption>
    <thead><tr>${heads}</tr></thead><tbody>${processes.map(processRow)}</tbody></table></section>`;
}

function processRow(process: ProcessResult): Markup {
  const cells = [
    bytes(process.zipBytes),
    seconds(process.startMs),
    bytes(process.rssBytesIdle),
    bytes(process.rssBytesUnderLoad),
    seconds(process.cpuMs),
    count(process.restarts),
  ];
  return markup`<tr><th scope="row">${process.name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`;
}

export function environmentList({ config, environment, ...run }: ComparisonResult): Markup {
  const { commit, dirty, otherCpuRatio } = environment;
  const facts: readonly (readonly [string, Part])[] = [
    ['Run', `${run.runId}, ${run.startedAt} to ${run.finishedAt}`],
    [
      'Load',
      `${config.rateRps} requests a second, ${config.arrivals}, scenario ${config.scenario}`,
    ],
    ['Seed', config.seed],
    [
      'Phases',
      `${span(config.warmUpMs)} warm-up, ${span(config.steadyMs)} steady, ${span(config.holdMs)} a crash`,
    ],
    ['Limits', `slow above ${config.sloMs} ms, hung above ${config.deadlineMs} ms`],
    ['Code', `commit ${commit}${dirty ? ', with changes not committed' : ''}`],
    [
      'Machine',
      `${environment.cpu}, ${environment.cores} cores, ${bytes(environment.memoryBytes)}`,
    ],
    ['Software', `Node ${environment.node}, ${environment.platform}`],
    [
      'Other CPU',
      otherCpuRatio === null ? 'unknown' : `${percent(otherCpuRatio, 1)} of the machine`,
    ],
  ];
  return markup`<dl>${facts.map(([term, fact]) => markup`<dt>${term}</dt><dd>${fact}</dd>`)}</dl>`;
}
