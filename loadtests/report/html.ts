// report/html.ts: the report as one page that needs neither network nor script, and prints.
// Called by write-reports.ts; the same result gives the same bytes.
import type { ComparisonResult } from '../experiments/result.ts';
import { doubts } from './blast.ts';
import { span } from './figures.ts';
import { embeddedJson, type Markup, markup, trusted } from './markup.ts';
import { pageCss } from './page.css.ts';
import { killedTable, matrices } from './page-matrix.ts';
import {
  environmentList,
  findingsTable,
  orderNotes,
  processTables,
  scoreTables,
} from './page-tables.ts';
import { latencyRange, latencyTimelines, outcomeLegend, outcomeTimelines } from './timelines.ts';

/** @param files names of what lies in the same folder, for links */
export function htmlReport(result: ComparisonResult, files: readonly string[]): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Blast radius: ${result.sentence}</title>
<style>${trusted(pageCss())}</style>
</head>
<body>
<main>
${opening(result)}
${explanation(result)}
${charts(result)}
${numbers(result)}
${limits(result)}
${origin(result, files)}
</main>
<script type="application/json" id="result">${embeddedJson(result)}</script>
</body>
</html>
`;
  return page.html;
}

function opening(result: ComparisonResult): Markup {
  const reasons = doubts(result).map((reason) => markup`<li>${reason}</li>`);
  const trust =
    reasons.length > 0
      ? markup`<div class="invalid" role="alert"><p><strong>✗ This run is not valid</strong>
        Do not quote its numbers:</p><ul>${reasons}</ul></div>`
      : markup`<p class="badge">✓ Valid run: every check of the measurement itself was passed.</p>`;
  const sentence = markup`<h1>${result.sentence}</h1>`;
  return markup`<header>${reasons.length > 0 ? [trust, sentence] : [sentence, trust]}
    <p class="question">${result.question}</p></header>`;
}

function explanation(result: ComparisonResult): Markup {
  const { rateRps, holdMs } = result.config;
  return markup`<section><h2>Predicted and measured</h2>${findingsTable(result)}</section>
    <section><h2>What one crash takes with it</h2>
    <p class="caption">Read a row from left to right: the component on the left was crashed once,
    under ${rateRps} requests a second. Each cell says what share of that feature’s requests was
    lost in the ${span(holdMs)} that followed (more while a process was still away), and for how
    long. The bar below a number is the share once more; a framed cell is the crashed
    feature itself.</p>
    ${matrices(result)}</section>
    <section><h2>Same fault, different victim</h2>
    <p class="caption">The fault is the same in every shape: this component’s code ends its
    process. Which process that is, is the architecture.</p>
    ${killedTable(result)}</section>`;
}

function charts(result: ComparisonResult): Markup {
  return markup`<section><h2>Second by second</h2>
    <p class="caption">What became of the requests of each second: every column is 100 % of the
    requests meant to leave in that second. All panels have the same two axes.</p>
    ${outcomeLegend(result)}${outcomeTimelines(result)}</section>
    <section><h2>How long a good answer took</h2>
    <p class="caption">The line is the median of a second, the band reaches up to its 99th
    percentile; with few requests a second that is the slowest one. The scale runs from
    ${latencyRange(result)}; each grid line is ten times the one below it. Where a line is missing,
    nothing succeeded. The figures under a panel are those of the calm before the first crash.</p>
    ${latencyTimelines(result)}</section>`;
}

function numbers(result: ComparisonResult): Markup {
  return markup`<section><h2>The whole account</h2>
    <p class="caption">The small figures say how many times the first shape’s value that is.</p>
    ${scoreTables(result)}
    <h3>Are the orders whole?</h3>${orderNotes(result)}
    <h3>Process by process</h3>${processTables(result)}</section>`;
}

function limits({ doesNotShow }: ComparisonResult): Markup {
  const entries = doesNotShow.map((limit) => markup`<li>${limit}</li>`);
  return markup`<section><h2>What this does not show</h2>
    <ul class="notes">${entries}</ul></section>`;
}

function origin(result: ComparisonResult, files: readonly string[]): Markup {
  const links = files.map(
    (file) => markup`<li><a href="./${encodeURIComponent(file)}">${file}</a></li>`,
  );
  return markup`<section><h2>Repeat it</h2><pre><code>${result.command}</code></pre>
    ${environmentList(result)}
    <h3>Files beside this page</h3>
    <p class="caption">The whole result is also inside this page, as JSON in its last element.</p>
    <ul class="notes">${links}</ul></section>`;
}
