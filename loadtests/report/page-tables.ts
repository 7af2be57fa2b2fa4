// report/page-tables.ts: predictions, totals, processes, orders and environment as tables of the page.
// Used by html.ts; every heading of a row or column says what it heads.
import type { ComparisonResult, ProcessResult, TargetResult } from '../experiments/result.ts';
import { ordersHold } from './blast.ts';
import { bytes, count, percent, seconds } from './figures.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { type ScoreTable, scoreboard } from './scoreboard.ts';

export function findingsTable({ findings }: ComparisonResult): Markup {
  const rows = findings.map(
    ({ prediction, measured, held }) =>
      markup`<tr class="${held ? 'held' : 'failed'}"><td class="mark"><span aria-hidden="true">${held ? '✓' : '✗'}</span><span class="unseen">${held ? 'held' : 'did not hold'}</span></td><td>${prediction}</td><td>${measured}</td></tr>
`,
  );
  return markup`<table class="findings"><thead><tr><th scope="col"><span class="unseen">Held?</span></th><th scope="col">We predicted</th><th scope="col">We measured</th></tr></thead><tbody>${rows}</tbody></table>`;
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
  return markup`<table class="score"><caption><strong>${title}</strong> ${caption}</caption><thead><tr><td></td>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

export function orderNotes({ targets }: ComparisonResult): Markup {
  const notes = targets.map(({ name, orders }) => {
    if (ordersHold(orders)) {
      return markup`<li class="held">✓ <b>${name}</b>: every order that a customer was told of is there, whole.</li>`;
    }
    const problems = orders.problems.map((problem) => markup`<li>${problem}</li>`);
    return markup`<li class="failed">✗ <b>${name}</b>: ${count(orders.lost)} lost, ${count(orders.halfDone)} half done.<ul>${problems}</ul></li>`;
  });
  return markup`<ul class="notes">${notes}</ul>`;
}

export function processTables({ targets }: ComparisonResult): Markup {
  return markup`<div class="shapes">${targets.map(processTable)}</div>`;
}

function processTable({ name, processes }: TargetResult): Markup {
  const heads = ['process', 'zip', 'start', 'RAM idle', 'RAM loaded', 'CPU', 'restarts'];
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Processes of ${name}"><table class="score"><caption><strong>${name}</strong></caption><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${processes.map(processRow)}</tbody></table></div>`;
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
      `${seconds(config.warmUpMs)} warm-up, ${seconds(config.steadyMs)} steady, ${seconds(config.holdMs)} a crash`,
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
